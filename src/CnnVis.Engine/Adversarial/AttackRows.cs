using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Some pictures of a batch: those that are still attacked. Tensors that it gives belong to the caller's dispose scope and have a row for each.</summary>
public sealed class AttackRows
{
    private readonly AttackBatch _batch;
    private readonly int[] _index;

    internal AttackRows(AttackBatch batch, int[] index) => (_batch, _index) = (batch, index);

    /// <summary>Their places in the batch.</summary>
    public IReadOnlyList<int> Index => _index;

    /// <summary>How many.</summary>
    public int Count => _index.Length;

    /// <summary>The pictures as they are: [n, C, H, W].</summary>
    public Tensor Originals => Of(_batch.Pictures.Originals);

    /// <summary>Least values allowed: [n, C, H, W].</summary>
    public Tensor Low => Of(_batch.Low);

    /// <summary>Largest values allowed: [n, C, H, W].</summary>
    public Tensor High => Of(_batch.High);

    /// <summary>The class that is to be left or, if <see cref="IsTargeted"/>, to be reached: [n].</summary>
    public Tensor Goals => Of(_batch.Pictures.Goals);

    /// <summary>What the pictures show: [n].</summary>
    public Tensor Labels => tensor(_index.Select(i => _batch.Pictures.Verdict.Others[i]).ToArray(), device: _batch.Pictures.Originals.device);

    /// <summary>What the network says of the pictures as they are: [n, classes].</summary>
    public Tensor CleanLogits => Of(_batch.Pictures.Logits);

    /// <summary>Whether a class is to be reached.</summary>
    public bool IsTargeted => _batch.Pictures.Targets is not null;

    /// <summary>For each picture a seed.</summary>
    internal ulong[] RowSeeds => [.. _index.Select(i => _batch.Pictures.Seeds[i])];

    /// <summary>The rows of a tensor that has one for each picture of the batch.</summary>
    public Tensor Of(Tensor all) => _index.Length == _batch.Pictures.Count ? all.alias() : Rows.Select(all, _index);

    /// <summary>Random numbers, by picture.</summary>
    /// <param name="number">Another number, other numbers.</param>
    /// <param name="draw">Draws those of one picture.</param>
    internal Tensor Draw(int number, Func<Generator, Tensor> draw) => PictureSeeds.Draw(RowSeeds, number, _batch.Pictures.Originals.device, draw);

    /// <summary>Asks the network, one query a picture.</summary>
    public Tensor Logits(Tensor x)
    {
        _batch.Cancellation.ThrowIfCancellationRequested();
        foreach (int i in _index) _batch.Queries[i]++;
        return _batch.Pictures.Verdict.Of(_batch.Pictures.Victim.Logits(x, _batch.Cancellation), _index);
    }

    /// <summary>Asks the network about several candidates a picture.</summary>
    /// <param name="x">[k · n, C, H, W], all candidates of a picture one after another.</param>
    /// <param name="each">k.</param>
    public Tensor Logits(Tensor x, int each)
    {
        _batch.Cancellation.ThrowIfCancellationRequested();
        foreach (int i in _index) _batch.Queries[i] += each;
        return _batch.Pictures.Verdict.Of(_batch.Pictures.Victim.Logits(x, _batch.Cancellation), _index);
    }

    /// <summary>Gradients of functions of the logits with respect to the pictures, [n, C, H, W] each.</summary>
    /// <param name="x">Where.</param>
    /// <param name="seeds">Gets the logits, gives the functions' derivatives with respect to them; none, and there is no backward pass.</param>
    public (Tensor Logits, Tensor[] Gradients) Differentiate(Tensor x, Func<Tensor, IReadOnlyList<Tensor>> seeds)
    {
        _batch.Cancellation.ThrowIfCancellationRequested();
        foreach (int i in _index) _batch.Queries[i]++;
        Verdict verdict = _batch.Pictures.Verdict;
        var (all, gradients) = _batch.Pictures.Victim.Differentiate(x, said =>
        {
            IReadOnlyList<Tensor> wanted = seeds(verdict.Of(said, _index));
            foreach (int i in _index) _batch.Gradients[i] += wanted.Count;
            return [.. wanted.Select(w => verdict.Back(w, said, _index))];
        }, _batch.Cancellation);
        return (verdict.Of(all, _index), gradients);
    }

    /// <summary>Derivative, with respect to logits, of what attacks increase: the cross-entropy with the label, or minus that with the target; up to a positive factor a picture.</summary>
    public Tensor Seeds(Tensor logits) => _batch.Pictures.Upwards(logits, Goals);

    /// <summary>What attacks increase: how far the network is from where the attack begins; positive where it errs as it should. The lead of the strongest other class over the label, or of the target: [n].</summary>
    public Tensor Progress(Tensor logits) => _batch.Pictures.Progress(logits, Goals);

    /// <summary>Whether the network errs as it should, by picture.</summary>
    public bool[] Errs(Tensor logits)
    {
        using Tensor flags = _batch.Pictures.IsAdversarial(logits, Goals);
        return Rows.Flags(flags);
    }

    /// <summary>Offers candidates, of which the good ones are kept, and takes the gradient of what attacks increase, unless all pictures may leave.</summary>
    /// <param name="x">Candidates, inside the limits.</param>
    /// <returns>The gradient, [n, C, H, W], null where all may leave; and which may.</returns>
    public (Tensor? Gradient, bool[] Done) Climb(Tensor x)
    {
        bool[] done = [];
        var (_, gradients) = Differentiate(x, logits =>
        {
            done = Offer(x, logits);
            return Array.TrueForAll(done, d => d) ? [] : [Seeds(logits)];
        });
        return (gradients.Length == 0 ? null : gradients[0], done);
    }

    /// <summary>As <see cref="Climb"/>, at the pictures as they are, about which the network was asked already.</summary>
    public Tensor ClimbFromOriginals()
    {
        foreach (int i in _index) _batch.Gradients[i]++;
        return Of(_batch.Pictures.Gradient(_batch.Cancellation));
    }

    /// <summary>Keeps candidates about which the network errs, where they are better than what was found before.</summary>
    /// <param name="x">Candidates, inside the limits.</param>
    /// <param name="logits">What the network says of them.</param>
    /// <param name="last">Keep others too, as what a failed attack ends with.</param>
    /// <returns>Which pictures may leave.</returns>
    public bool[] Offer(Tensor x, Tensor logits, bool last = false)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        bool[] adversarial = Rows.Flags(_batch.Pictures.IsAdversarial(logits, Goals));
        _batch.Record(_index, x, logits, [.. adversarial.Select(a => a ? ExampleRank.Adversarial : last ? ExampleRank.Tried : ExampleRank.None)]);
        if (_batch.Judgement.Quantize) OfferRounded(x, adversarial);
        return [.. _index.Select(i => !_batch.Judgement.AllSteps && _batch.IsDone(i))];
    }

    /// <summary>The pictures that stay.</summary>
    public AttackRows Staying(bool[] done) => new(_batch, [.. _index.Where((_, i) => !done[i])]);

    /// <summary>Keeps candidates of 8 bits about which the network errs.</summary>
    internal void OfferSurvivors(Tensor rounded, Tensor logits) =>
        _batch.Record(_index, rounded, logits, [.. Rows.Flags(_batch.Pictures.IsAdversarial(logits, Goals)).Select(a => a ? ExampleRank.SurvivesRounding : ExampleRank.None)]);

    private void OfferRounded(Tensor x, bool[] adversarial)
    {
        var some = new AttackRows(_batch, [.. _index.Where((_, i) => adversarial[i])]);
        if (some.Count == 0) return;
        Tensor rounded = Rounding.Within(Rows.Select(x, adversarial), some.Originals, some.Low, some.High);
        some.OfferSurvivors(rounded, some.Logits(rounded));
    }
}
