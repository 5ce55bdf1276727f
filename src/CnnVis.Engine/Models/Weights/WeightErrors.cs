namespace CnnVis.Engine.Models.Weights;

/// <summary>The one kind of error that readers of weight files throw; <see cref="WeightFile"/> puts the file's name before it.</summary>
internal static class WeightErrors
{
    public static CnnVisException Unreadable(string what, Exception? inner = null) => new(ErrorIds.WeightsUnreadable, what, innerException: inner);

    /// <summary>A name as it goes into a message: shortened, and without what would disturb a console.</summary>
    public static string Quote(string name) => $"'{string.Concat((name.Length > 120 ? name[..119] + "…" : name).Select(c => char.IsControl(c) ? '\uFFFD' : c))}'";

    /// <summary>A shape as it goes into a message.</summary>
    public static string Shape(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape[..Math.Min(shape.Length, 8)].ToArray())}{(shape.Length > 8 ? ", …" : "")}]";
}
