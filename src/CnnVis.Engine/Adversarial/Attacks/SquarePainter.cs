using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Proposes changes of squares of one picture.</summary>
internal sealed class SquarePainter
{
    private readonly Random _random;
    private readonly float[] _original, _low, _high, _current;
    private readonly int _channels, _height, _width;
    private readonly double _epsilon;
    private readonly bool _isEuclidean;

    public SquarePainter(AttackBatch batch, int picture, ulong seed)
    {
        CnnInput input = batch.Pictures.Victim.Network.Input;
        (_channels, _height, _width, _epsilon, _isEuclidean) = (input.Channels, input.Height, input.Width, batch.Epsilon, batch.Norm == AttackNorm.L2);
        _random = new Random((int)(seed ^ (seed >> 32)));
        _original = batch.Pictures.Values[(picture * input.Length)..((picture + 1) * input.Length)];
        (_low, _high) = (Part(batch.Low), Part(batch.High));
        (_current, Candidate) = ([.. _original], [.. _original]);

        float[] Part(TorchSharp.torch.Tensor all)
        {
            using TorchSharp.torch.Tensor one = all.select(0, picture);
            return one.ToFloats();
        }
    }

    /// <summary>What is proposed: [C, H, W].</summary>
    public float[] Candidate { get; }

    /// <summary>Proposes a square of a share of the picture, or to begin with vertical stripes.</summary>
    public void Propose(double? share)
    {
        _current.CopyTo(Candidate, 0);
        if (share is { } part)
        {
            int side = Math.Clamp((int)Math.Round(Math.Sqrt(part * _height * _width)), 1, Math.Min(_height, _width));
            int top = _random.Next(_height - side + 1), left = _random.Next(_width - side + 1);
            for (int c = 0; c < _channels; c++)
            {
                bool up = _random.Next(2) == 0;
                for (int y = top; y < top + side; y++)
                    for (int x = left; x < left + side; x++) Set((c * _height + y) * _width + x, up, Bump(y - top, side) * Bump(x - left, side));
            }
        }
        else
        {
            for (int c = 0; c < _channels; c++)
            {
                for (int x = 0; x < _width; x++)
                {
                    bool up = _random.Next(2) == 0;
                    for (int y = 0; y < _height; y++) Set((c * _height + y) * _width + x, up, 1);
                }
            }
        }
        if (_isEuclidean) OntoSphere();
    }

    /// <summary>Keeps what was proposed.</summary>
    public void Accept() => Candidate.CopyTo(_current, 0);

    private static double Bump(int at, int side) => 1 - Math.Abs(2.0 * at - (side - 1)) / (side + 1);

    private void Set(int at, bool up, double weight)
    {
        float end = up ? _high[at] : _low[at];
        Candidate[at] = !_isEuclidean ? end : _low[at] == _high[at] ? _original[at] : Candidate[at] + (float)((up ? 1 : -1) * weight * 2 * _epsilon / Math.Sqrt(_original.Length));
    }

    private void OntoSphere()
    {
        double squares = 0;
        for (int i = 0; i < Candidate.Length; i++) squares += ((double)Candidate[i] - _original[i]) * (Candidate[i] - _original[i]);
        double factor = squares > 0 ? _epsilon * (1 - 1e-6) / Math.Sqrt(squares) : 0;
        for (int i = 0; i < Candidate.Length; i++) Candidate[i] = Math.Clamp((float)(_original[i] + factor * (Candidate[i] - _original[i])), _low[i], _high[i]);
    }
}
