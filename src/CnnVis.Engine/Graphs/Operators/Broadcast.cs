namespace CnnVis.Engine.Graphs.Operators;

/// <summary>NumPy's broadcasting of shapes, which ONNX shares.</summary>
internal static class Broadcast
{
    public static long[] Shape(ReadOnlySpan<long> a, ReadOnlySpan<long> b, string type)
    {
        long[] shape = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            long left = i <= a.Length ? a[^i] : 1, right = i <= b.Length ? b[^i] : 1;
            if (left != right && left != 1 && right != 1)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} cannot join [{string.Join(", ", a.ToArray())}] and [{string.Join(", ", b.ToArray())}].", type);
            shape[^i] = left == 1 ? right : left;
        }
        return shape;
    }

    /// <summary>The shape <paramref name="to"/>, where <paramref name="from"/> can be broadcast to it.</summary>
    public static long[] Onto(long[] to, ReadOnlySpan<long> from, string type) => Shape(to, from, type) is var shape && shape.AsSpan().SequenceEqual(to) ? shape
        : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} cannot spread [{string.Join(", ", from.ToArray())}] over [{string.Join(", ", to)}].", type);
}
