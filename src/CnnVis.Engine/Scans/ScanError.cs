namespace CnnVis.Engine.Scans;

/// <summary>What is wrong with a picture, as data.</summary>
/// <param name="Id">One of <see cref="ErrorIds"/>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ScanError(string Id, string Message)
{
    /// <summary>An error as data; null for none.</summary>
    public static ScanError? Of(CnnVisException? error) => error is null ? null : new ScanError(error.ErrorId, error.Message);

    /// <summary>The error again.</summary>
    public CnnVisException About(string path) => new(Id, Message, path);
}
