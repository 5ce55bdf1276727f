using System.Management.Automation;

namespace CnnVis.Host.Editing;

/// <summary>The completions of what has been typed, one after the other.</summary>
internal sealed class TabCompletion(Session session)
{
    private CommandCompletion? _found;
    private int _length;

    /// <summary>Forgets what was found: the next completion looks again.</summary>
    public void Reset() => _found = null;

    /// <summary>Puts the next completion at the cursor, or the one before.</summary>
    public void Complete(EditBuffer line, bool forward)
    {
        if (_found is null)
        {
            _found = session.Complete(line.Text, line.Cursor);
            _length = _found.ReplacementLength;
        }
        if (_found.CompletionMatches.Count == 0) return;
        string text = _found.GetNextResult(forward).CompletionText;
        line.Replace(_found.ReplacementIndex, _length, text);
        _length = text.Length;
    }
}
