using System.Runtime.InteropServices;

namespace CnnVis.Engine.Tensors;

/// <summary>What libtorch or an operator throws at values that do not go with it: a damaged file's, or a picture's of a size that the network was not made for.</summary>
public static class OperatorFailure
{
    /// <summary>Whether an error is one of the values, and not a stop or a <see cref="CnnVisException"/>, which say themselves what they are.</summary>
    public static bool Is(Exception error) => error is ExternalException or ArgumentException or InvalidOperationException or ArithmeticException
        or IndexOutOfRangeException or InvalidCastException or NotSupportedException or KeyNotFoundException;

    /// <summary>Whether memory was short: .NET's own error, or libtorch's, behind whatever was made of it.</summary>
    public static bool IsMemory(Exception? error) => error is not null && (IsMemory(error.InnerException) || error is OutOfMemoryException || error is ExternalException && error.Message is { } message
        && (message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase) || message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Its first line: libtorch's messages carry its whole stack below. Of a long one the beginning and the end: a reader of JSON quotes the rest of the file.</summary>
    public static string Reason(Exception error)
    {
        const int Beginning = 300, End = 150;
        string line = error.Message.Trim().Split('\n')[0];
        return line.Length <= Beginning + End ? line : $"{line[..Beginning]} … {line[^End..]}";
    }
}
