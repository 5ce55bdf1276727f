namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Target</c> takes: a target, or a text that is one.</summary>
public sealed class TargetReference
{
    private readonly CnnTarget? _target;
    private readonly string _text = "";

    /// <param name="target">A target.</param>
    public TargetReference(CnnTarget target) => _target = target;

    /// <param name="text">A text, as <c>boxes[17,4]</c> or <c>mean(out[:,3])</c>.</param>
    public TargetReference(string text) => _text = text;

    /// <summary>The target.</summary>
    /// <exception cref="CnnVisException">The text is none.</exception>
    internal CnnTarget Target => _target ?? CnnTarget.Parse(_text);

    /// <inheritdoc/>
    public override string ToString() => _target?.ToString() ?? _text;
}
