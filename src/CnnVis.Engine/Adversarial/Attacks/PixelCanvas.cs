namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Paints pixels into a picture from genes in [0, 1]: place and colour of each.</summary>
internal sealed class PixelCanvas
{
    private readonly float[] _original, _low, _high;
    private readonly CnnInput _input;
    private readonly int[] _places;

    public PixelCanvas(float[] original, float[] low, float[] high, CnnInput input)
    {
        (_original, _low, _high, _input) = (original, low, high, input);
        int plane = input.Height * input.Width;
        // Pixels that may change; all where none may, which then change nothing.
        _places = [.. Enumerable.Range(0, plane).Where(p => Enumerable.Range(0, input.Channels).Any(c => high[c * plane + p] > low[c * plane + p]))];
        if (_places.Length == 0) _places = [0];
    }

    /// <summary>Genes of a pixel.</summary>
    public int Genes => 1 + _input.Channels;

    /// <summary>The picture with its pixels changed: [C, H, W].</summary>
    public float[] Paint(double[] genes)
    {
        float[] painted = [.. _original];
        int plane = _input.Height * _input.Width;
        for (int g = 0; g < genes.Length; g += Genes)
        {
            int place = _places[Math.Min(_places.Length - 1, (int)(genes[g] * _places.Length))];
            for (int c = 0; c < _input.Channels; c++)
            {
                int at = c * plane + place;
                painted[at] = Math.Clamp((float)genes[g + 1 + c], _low[at], _high[at]);
            }
        }
        return painted;
    }
}
