using CnnVis.Engine.Images;

namespace CnnVis.Engine.Adversarial;

/// <summary>Which values of a picture an attack may change.</summary>
public static class AttackMask
{
    /// <summary>Of a picture or NumPy file, prepared as photos are: what is at least half white may change.</summary>
    /// <param name="path">The file; of an array with the network's channels each channel counts for itself.</param>
    /// <param name="input">What the network takes.</param>
    /// <returns>[C, H, W].</returns>
    /// <exception cref="CnnVisException">The file cannot be read.</exception>
    public static bool[] Load(string path, CnnInput input)
    {
        bool each = ArrayImage.Is(path) && ArrayImage.Load(ImageSource.Of(path), DecodeOptions.Default).Channels == input.Channels;
        CnnInput seen = each ? input : input with { Channels = 1 };
        float[] values = new float[seen.Length];
        Preprocessor.Load(path, seen, DecodeOptions.Default, values);
        return Of([.. values.Select(v => (double)v)], input);
    }

    /// <summary>Of numbers: what is at least 0.5 may change.</summary>
    /// <param name="values">[H, W], or [C, H, W].</param>
    /// <param name="input">What the network takes.</param>
    /// <returns>[C, H, W].</returns>
    /// <exception cref="CnnVisException">There are more or fewer.</exception>
    public static bool[] Of(IReadOnlyList<double> values, CnnInput input)
    {
        int plane = input.Height * input.Width;
        if (values.Count != plane && values.Count != input.Length)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The mask has {values.Count} values; the network's pictures have {input.Height} × {input.Width} = {plane}, or with their channels {input.Length}.", values.Count);
        return [.. Enumerable.Range(0, input.Length).Select(i => values[i % values.Count] >= 0.5)];
    }
}
