using System.Numerics;

namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>
/// Reads one pickle into plain data: <c>null, bool, long, double, string, byte[], BigInteger</c>, <see cref="PickledDict"/>, <see cref="PickledList"/>, tuples as
/// <c>object?[]</c>, and what the host makes of the few globals that it allows. Nothing is ever imported or run, and nothing here recurses: deep nesting
/// costs no stack. Out-of-band buffers and extension codes, which no weight file has, are refused.
/// </summary>
internal sealed class PickleReader(PickleInput input, IPickleHost host)
{
    /// <summary>Bytes of the longest whole number that is read.</summary>
    private const int LongLimit = 64;

    private readonly PickleStack _stack = new(input);

    /// <exception cref="CnnVisException">It is damaged, or wants more than plain data.</exception>
    public object? Read()
    {
        while (true)
        {
            var op = (PickleOp)input.Byte();
            if (op == PickleOp.Stop) return _stack.Pop();
            if (!Plain(op) && !Text(op) && !Memo(op) && !Container(op) && !Object(op))
                throw WeightErrors.Unreadable($"its pickle has the opcode 0x{(byte)op:X2}, which is not read; the file is damaged, or no weight file.");
        }
    }

    private bool Plain(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Proto:
                byte protocol = input.Byte();
                if (protocol > 5) throw WeightErrors.Unreadable($"its pickle is of protocol {protocol}; 0 to 5 are read.");
                return true;
            case PickleOp.Frame: input.Int64(); return true;
            case PickleOp.None: _stack.Push(null); return true;
            case PickleOp.NewTrue: _stack.Push(true); return true;
            case PickleOp.NewFalse: _stack.Push(false); return true;
            case PickleOp.BinInt: _stack.Push((long)input.Int32()); return true;
            case PickleOp.BinInt1: _stack.Push((long)input.Byte()); return true;
            case PickleOp.BinInt2: _stack.Push((long)input.UInt16()); return true;
            case PickleOp.Long1: _stack.Push(Long(input.Byte())); return true;
            case PickleOp.Long4: _stack.Push(Long(input.Int32())); return true;
            case PickleOp.BinFloat: _stack.Push(input.BigEndianDouble()); return true;
            case PickleOp.BinBytes: _stack.Push(input.Bytes((uint)input.Int32())); return true;
            case PickleOp.ShortBinBytes: _stack.Push(input.Bytes(input.Byte())); return true;
            case PickleOp.BinBytes8 or PickleOp.ByteArray8: _stack.Push(input.Bytes(input.Int64())); return true;
            default: return false;
        }
    }

    private bool Text(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.BinUnicode: _stack.Push(input.Utf8((uint)input.Int32())); return true;
            case PickleOp.ShortBinUnicode: _stack.Push(input.Utf8(input.Byte())); return true;
            case PickleOp.BinUnicode8: _stack.Push(input.Utf8(input.Int64())); return true;
            case PickleOp.BinString: _stack.Push(input.Latin1(input.Int32())); return true;
            case PickleOp.ShortBinString: _stack.Push(input.Latin1(input.Byte())); return true;
            case PickleOp.Int: _stack.Push(PickleText.Int(input.Line())); return true;
            case PickleOp.Long: _stack.Push(PickleText.Long(input.Line())); return true;
            case PickleOp.Float: _stack.Push(PickleText.Float(input.Line())); return true;
            case PickleOp.String: _stack.Push(PickleText.String(input.Line())); return true;
            case PickleOp.Unicode: _stack.Push(PickleText.Unicode(input.Line())); return true;
            default: return false;
        }
    }

    private bool Memo(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Mark: _stack.Mark(); return true;
            case PickleOp.Pop: _stack.Pop(); return true;
            case PickleOp.PopMark: _stack.PopMark(); return true;
            case PickleOp.Dup: _stack.Push(_stack.Top); return true;
            case PickleOp.Memoize: _stack.Memoize(); return true;
            case PickleOp.Put: _stack.Put(Index(input.Line())); return true;
            case PickleOp.BinPut: _stack.Put(input.Byte()); return true;
            case PickleOp.LongBinPut: _stack.Put((uint)input.Int32()); return true;
            case PickleOp.Get: _stack.Get(Index(input.Line())); return true;
            case PickleOp.BinGet: _stack.Get(input.Byte()); return true;
            case PickleOp.LongBinGet: _stack.Get((uint)input.Int32()); return true;
            default: return false;
        }
    }

    private bool Container(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.EmptyTuple: _stack.Push(Array.Empty<object?>()); return true;
            case PickleOp.Tuple1: _stack.Push(_stack.Pop(1)); return true;
            case PickleOp.Tuple2: _stack.Push(_stack.Pop(2)); return true;
            case PickleOp.Tuple3: _stack.Push(_stack.Pop(3)); return true;
            case PickleOp.Tuple: _stack.Push(_stack.PopMark()); return true;
            case PickleOp.EmptyList or PickleOp.EmptySet: _stack.Push(new PickledList()); return true;
            case PickleOp.List or PickleOp.FrozenSet: Collect(new PickledList(), _stack.PopMark()); return true;
            case PickleOp.Append: AddTo(_stack.Pop(1)); return true;
            case PickleOp.Appends or PickleOp.AddItems: AddTo(_stack.PopMark()); return true;
            case PickleOp.EmptyDict: _stack.Push(new PickledDict()); return true;
            case PickleOp.Dict:
                object?[] pairs = _stack.PopMark();
                _stack.Push(new PickledDict());
                SetIn(pairs);
                return true;
            case PickleOp.SetItem: SetIn(_stack.Pop(2)); return true;
            case PickleOp.SetItems: SetIn(_stack.PopMark()); return true;
            default: return false;
        }

        void Collect(PickledList list, object?[] items)
        {
            list.Add(items);
            _stack.Push(list);
        }
    }

    private bool Object(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Global: _stack.Push(host.Find(input.Line(), input.Line())); return true;
            case PickleOp.StackGlobal:
                object?[] names = _stack.Pop(2);
                _stack.Push(names is [string module, string name] ? host.Find(module, name) : throw PickleStack.Damaged("names a type by what is no text"));
                return true;
            case PickleOp.Inst: _stack.Push(host.Find(input.Line(), input.Line()).Call(_stack.PopMark())); return true;
            case PickleOp.Obj:
                object?[] parts = _stack.PopMark();
                _stack.Push(Call(parts.FirstOrDefault(), parts.Skip(1).ToArray()));
                return true;
            case PickleOp.Reduce or PickleOp.NewObj:
                object? arguments = _stack.Pop();
                _stack.Push(Call(_stack.Pop(), arguments));
                return true;
            case PickleOp.NewObjEx:
                _stack.Pop(); // keywords, which no type allowed here takes
                object? positional = _stack.Pop();
                _stack.Push(Call(_stack.Pop(), positional));
                return true;
            case PickleOp.Build:
                object? state = _stack.Pop();
                (_stack.Top as PickledObject)?.Build(state);
                return true;
            case PickleOp.BinPersId: _stack.Push(host.Persistent(_stack.Pop())); return true;
            case PickleOp.PersId: _stack.Push(host.Persistent(input.Line())); return true;
            default: return false;
        }
    }

    private static object? Call(object? callee, object? arguments) =>
        callee is PickledGlobal global && arguments is object?[] tuple ? global.Call(tuple) : throw PickleStack.Damaged("calls what cannot be called");

    /// <summary>Items of a class of lists that is kept as a bare object are passed over.</summary>
    private void AddTo(object?[] items)
    {
        if (_stack.Top is PickledList list) list.Add(items);
        else if (_stack.Top is not PickledObject) throw PickleStack.Damaged("appends to what is no list");
    }

    private void SetIn(object?[] pairs)
    {
        if (pairs.Length % 2 != 0) throw PickleStack.Damaged("has a key without a value");
        if (_stack.Top is PickledDict dict)
            for (int i = 0; i < pairs.Length; i += 2) dict.Set(pairs[i], pairs[i + 1]);
        else if (_stack.Top is not PickledObject) throw PickleStack.Damaged("sets items of what is no dict");
    }

    private object Long(int bytes) => bytes is >= 0 and <= LongLimit ? PickleText.Narrow(new BigInteger(input.Bytes(bytes))) : throw PickleStack.Damaged("has a number of impossible length");

    private static long Index(string line) => PickleText.Long(line) is long index ? index : -1;
}
