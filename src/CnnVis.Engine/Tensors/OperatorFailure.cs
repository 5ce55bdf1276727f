using System.Runtime.InteropServices;

namespace CnnVis.Engine.Tensors;

/// <summary>What libtorch or an operator throws at values that do not go with it: a damaged file's, or a picture's of a size that the network was not made for.</summary>
internal static class OperatorFailure
{
    /// <summary>Whether an error is one of the values, and not a stop or a <see cref="CnnVisException"/>, which say themselves what they are.</summary>
    public static bool Is(Exception error) => error is ExternalException or ArgumentException or InvalidOperationException or ArithmeticException
        or IndexOutOfRangeException or InvalidCastException or NotSupportedException or KeyNotFoundException;

    /// <summary>Its first line: libtorch's messages carry its whole stack below.</summary>
    public static string Reason(Exception error) => error.Message.Trim().Split('\n')[0];
}
