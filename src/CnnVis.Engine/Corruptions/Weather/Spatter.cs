namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>Drops of water or splashes of mud on the lens.</summary>
internal sealed class Spatter : ICorruption
{
    private static readonly float[][] _relief = [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], _box = [.. Enumerable.Repeat(Enumerable.Repeat(1 / 9f, 3).ToArray(), 3)];
    private static readonly float[] _water = [175, 238, 238], _mud = [63, 42, 20];

    public string Name => nameof(Spatter);

    public string Family => "Extra";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (mean, deviation, blur, threshold, strength, isMud) = level.Of<(double, double, double, float, double, int)>(
            (.65, .3, 4, .69f, .6, 0), (.65, .3, 3, .68f, .6, 0), (.65, .3, 2, .68f, .5, 0), (.65, .3, 1, .65f, 1.5, 1), (.67, .4, 1, .65f, 1.5, 1),
            (.62, .1, .7, .7f, .6, 0), (.65, .1, .8, .7f, .6, 0), (.65, .3, 1, .69f, .6, 0), (.65, .1, .7, .68f, .6, 1), (.65, .1, .5, .67f, .6, 1),
            (.62, .1, .7, .7f, .5, 0), (.65, .1, .8, .7f, .5, 0), (.65, .3, 1, .69f, .5, 0), (.65, .1, .7, .69f, .6, 1), (.65, .1, .5, .68f, .6, 1));
        int width = picture.Width, height = picture.Height;
        float[] liquid = new float[width * height];
        for (int i = 0; i < liquid.Length; i++) liquid[i] = (float)(mean + deviation * random.Normal());
        liquid = Planes.Gaussian(liquid, width, height, blur * level.Length);
        for (int i = 0; i < liquid.Length; i++)
            if (liquid[i] < threshold) liquid[i] = 0;
        if (isMud == 1) Mud(picture, liquid, threshold, strength * level.Length);
        else Water(picture, liquid, (float)strength);
    }

    private static void Mud(CorruptedPicture picture, float[] liquid, float threshold, double smoothness)
    {
        float[] mud = Planes.Gaussian([.. liquid.Select(l => l > threshold ? 1f : 0)], picture.Width, picture.Height, smoothness);
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < mud.Length; i++)
                if (mud[i] >= 0.8f) picture.Planes[c][i] = picture.Planes[c][i] * (1 - mud[i]) + _mud[c] * mud[i];
    }

    /// <summary>The drops' relief: how far a place is from a drop's edge, spread over all shades and lit from one side.</summary>
    private static void Water(CorruptedPicture picture, float[] liquid, float strength)
    {
        int width = picture.Width, height = picture.Height;
        byte[] drops = [.. liquid.Select(l => (byte)Math.Clamp(255 * l, 0, 255))];
        float[] distance = DropEdges.Distance(DropEdges.Find(drops, width, height), width, height);
        for (int i = 0; i < distance.Length; i++) distance[i] = Math.Min(distance[i], 20);
        byte[] level = DropEdges.Equalized(Bytes(Planes.Filter(distance, width, height, _box, Border.Reflect101), round: false));
        byte[] lit = Bytes(Planes.Filter([.. level.Select(v => (float)v)], width, height, _relief, Border.Reflect101), round: true);
        lit = Bytes(Planes.Filter([.. lit.Select(v => (float)v)], width, height, _box, Border.Reflect101), round: true);
        float[] shine = new float[drops.Length];
        for (int i = 0; i < shine.Length; i++) shine[i] = (float)drops[i] * lit[i];
        float most = shine.Max();
        if (most == 0) return;
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < shine.Length; i++) picture.Planes[c][i] += strength * shine[i] / most * _water[c];
    }

    private static byte[] Bytes(float[] values, bool round) => [.. values.Select(v => (byte)Math.Clamp(round ? MathF.Floor(v + 0.5f) : v, 0, 255))];
}
