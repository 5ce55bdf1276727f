namespace CnnVis;

/// <summary>Something that the user can mend; the message says how. Control characters in it, which come from names and paths, are shown instead of obeyed.</summary>
public sealed class CnnVisException : Exception
{
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="target">What it is about: the path, the name.</param>
    /// <param name="innerException">What lies behind it.</param>
    public CnnVisException(string errorId, string message, object? target = null, Exception? innerException = null)
        : base(VisibleText.Message(message), innerException) => (ErrorId, Target) = (errorId, target);

    /// <summary>One of <see cref="ErrorIds"/>; stable between versions.</summary>
    public string ErrorId { get; }

    /// <summary>What it is about: the path, the name.</summary>
    public object? Target { get; }
}
