namespace CnnVis.Engine.Images;

/// <summary>Pictures without anything in them, to begin with or to compare with: one colour, or chance.</summary>
public static class PlainPicture
{
    /// <summary>One colour: [C, H, W].</summary>
    /// <param name="input">Its shape.</param>
    /// <param name="color">A value a channel, or one for all.</param>
    public static float[] Of(CnnInput input, params ReadOnlySpan<float> color)
    {
        float[] values = new float[input.Length];
        int plane = input.Height * input.Width;
        for (int c = 0; c < input.Channels; c++) values.AsSpan(c * plane, plane).Fill(color[c % color.Length]);
        return values;
    }

    /// <summary>Uniform noise in [0, 1): [C, H, W].</summary>
    public static float[] Noise(CnnInput input, Random random)
    {
        float[] values = new float[input.Length];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle();
        return values;
    }
}
