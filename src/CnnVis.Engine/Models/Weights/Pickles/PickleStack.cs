namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>The working memory of a pickle: values, marks among them, and the memo.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private readonly List<object?> _values = [], _memo = [];
    private readonly Stack<int> _marks = [];

    /// <summary>Values above the last mark.</summary>
    private int Available => _values.Count - (_marks.Count > 0 ? _marks.Peek() : 0);

    public void Push(object? value)
    {
        input.CountValue();
        _values.Add(value);
    }

    public object? Pop()
    {
        object? value = Top;
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    public object? Top => Available > 0 ? _values[^1] : throw Damaged("takes a value where there is none");

    public void Mark()
    {
        input.CountValue();
        _marks.Push(_values.Count);
    }

    /// <summary>Takes everything above the last mark.</summary>
    public object?[] PopMark()
    {
        if (!_marks.TryPop(out int mark)) throw Damaged("lacks a mark");
        object?[] values = [.. _values[mark..]];
        _values.RemoveRange(mark, _values.Count - mark);
        return values;
    }

    public object?[] Pop(int count)
    {
        if (Available < count) throw Damaged("takes a value where there is none");
        object?[] values = [.. _values[^count..]];
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    /// <summary>Puts the topmost value into the memo. Every writer numbers from 0 or 1 upwards, so a number far ahead is a lie.</summary>
    public void Put(long index)
    {
        object? value = Top;
        if (index >= 0 && index < _memo.Count) _memo[(int)index] = value;
        else if (index == _memo.Count) _memo.Add(value);
        else if (index == _memo.Count + 1) _memo.AddRange([null, value]);
        else throw Damaged($"puts memo {index} before {_memo.Count}");
    }

    public void Memoize() => Put(_memo.Count);

    public void Get(long index) => Push(index >= 0 && index < _memo.Count ? _memo[(int)index] : throw Damaged($"refers to memo {index}, which is not there"));

    public static CnnVisException Damaged(string what) => WeightErrors.Unreadable($"its pickle {what}; the file is damaged.");
}
