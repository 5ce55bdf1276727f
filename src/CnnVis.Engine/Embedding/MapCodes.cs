namespace CnnVis.Engine.Embedding;

/// <summary>Codes that come one by one to be laid out together: of one length, and finite.</summary>
public sealed class MapCodes
{
    private readonly List<CnnCode> _codes = [];
    private int _taken;

    /// <summary>The codes.</summary>
    public IReadOnlyList<CnnCode> All => _codes;

    /// <summary>Adds a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="failed">Takes what is wrong with it where it is left out: no values, or values that are no numbers.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it has another length than those before it.</exception>
    public void Add(CnnCode code, Action<CnnVisException> failed)
    {
        int index = _taken++;
        string name = code.Path is null ? $"Code {index}" : $"Code {index} ('{code.Path}')";
        if (_codes.Count > 0 && code.Values.Length != _codes[0].Values.Length)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{name} has {code.Values.Length} values, and those before it have {_codes[0].Values.Length}. A map takes codes of one layer.", code);
        int bad = Array.FindIndex(code.Values.ToArray(), v => !float.IsFinite(v));
        if (code.Values.Length == 0 || bad >= 0)
            failed(new CnnVisException(ErrorIds.InvalidArgument, code.Values.Length == 0 ? $"{name} has no values; it is left out." : $"{name} holds {code.Values[bad]} at {bad}; it is left out.", code));
        else _codes.Add(code);
    }
}
