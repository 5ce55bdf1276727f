namespace CnnVis.Host.Editing;

/// <summary>The commands given so far, and a place among them.</summary>
internal sealed class History
{
    private readonly List<string> _commands = [];
    private string _draft = "";
    private int _at;

    /// <summary>Remembers a command, once if it is repeated.</summary>
    public void Add(string command)
    {
        if (_commands.Count == 0 || _commands[^1] != command) _commands.Add(command);
        _at = _commands.Count;
    }

    /// <summary>Goes back to the newest end.</summary>
    public void Rewind() => _at = _commands.Count;

    /// <summary>The command before, or null at the oldest.</summary>
    /// <param name="current">What is on the line; kept, if it is the draft of a new command.</param>
    public string? Previous(string current)
    {
        if (_at == 0) return null;
        if (_at == _commands.Count) _draft = current;
        return _commands[--_at];
    }

    /// <summary>The command after, then the draft, then null.</summary>
    public string? Next()
    {
        if (_at == _commands.Count) return null;
        return ++_at == _commands.Count ? _draft : _commands[_at];
    }
}
