namespace CnnVis.Engine.Images;

/// <summary>The original photo as far as the network sees it, in more detail than it does.</summary>
public static class SeenPhoto
{
    /// <summary>Longest side that is worth drawing.</summary>
    private const int LongestSide = 448;

    /// <summary>The photo, cut and scaled as for the network, but as many whole times as large as fits a sheet.</summary>
    /// <param name="path">The photo.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="longestSide">Pixels that its longer side should not exceed.</param>
    /// <exception cref="CnnVisException">The photo cannot be read.</exception>
    public static PixelImage Load(string path, CnnInput input, int longestSide = LongestSide) => Load(ImageSource.Of(path), input, longestSide);

    /// <inheritdoc cref="Load(string, CnnInput, int)"/>
    /// <param name="source">The photo, a part of one, or a picture in memory.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="longestSide">Pixels that its longer side should not exceed.</param>
    public static PixelImage Load(ImageSource source, CnnInput input, int longestSide = LongestSide)
    {
        int times = Math.Max(1, longestSide / Math.Max(input.Height, input.Width));
        var fine = new CnnInput(3, input.Height * times, input.Width * times, input.ResizeMode, input.ResizeTo * times) { Interpolation = input.Interpolation };
        float[] values = new float[fine.Length];
        var exact = (input.Width, input.Height);
        if (source.Picture is { Values: not null, Box: null }) Preprocessor.Prepare(ImageCodec.Decode(source, DecodeOptions.Default), fine, values, exact);
        else if (source.Picture is null && ArrayImage.Is(source.Path)) Preprocessor.Prepare(ArrayImage.Load(source.Located(), DecodeOptions.Default, input).ToImage(), fine, values, exact);
        else Preprocessor.Load(source.Located(), fine, DecodeOptions.Default, values, exact);
        return ToImage(values, fine.Width, fine.Height);
    }

    private static PixelImage ToImage(float[] values, int width, int height)
    {
        int plane = width * height;
        byte[] pixels = new byte[plane * 3];
        for (int i = 0; i < plane; i++)
            for (int c = 0; c < 3; c++) pixels[i * 3 + c] = (byte)Math.Clamp(values[c * plane + i] * 255 + 0.5f, 0, 255);
        return new PixelImage(width, height, pixels);
    }
}
