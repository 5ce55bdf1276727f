namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>Ice on a pane: a × x + b × frost. The authors' frost is cut out of five photos; ours is drawn (<see cref="FrostPane"/>), so that its numbers are not to be compared with theirs.</summary>
internal sealed class Frost : ICorruption
{
    public string Name => nameof(Frost);

    public string Family => "Weather";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (kept, ice) = level.Of(
            (1f, .4f), (.8f, .6f), (.7f, .7f), (.65f, .7f), (.6f, .75f),
            (1f, .3f), (.9f, .4f), (.8f, .45f), (.75f, .5f), (.7f, .55f),
            (1f, .2f), (1f, .3f), (.9f, .4f), (.85f, .4f), (.75f, .45f));
        FrostPane pane = FrostPane.Of(random.Below(FrostPane.Count), level.Size);
        int left = random.Below(FrostPane.Side), top = random.Below(FrostPane.Side);
        for (int c = 0; c < 3; c++)
        {
            float[] plane = picture.Planes[c];
            for (int y = 0, i = 0; y < picture.Height; y++)
                for (int x = 0; x < picture.Width; x++, i++) plane[i] = kept * plane[i] + ice * pane.Value(c, (int)((x + left * level.Length) / level.Length), (int)((y + top * level.Length) / level.Length));
        }
    }
}
