using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Attacks each of some networks, shows the examples to all of them, and counts who is right. Holds no picture, unless an attack has to see all together.</summary>
public sealed class RobustnessMeasurement
{
    private readonly AttackedNetwork[] _networks;
    private readonly AttackRun[] _runs;
    private readonly RobustnessTally _tally = new();

    /// <param name="networks">The networks.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: two of them have one name.</exception>
    public RobustnessMeasurement(IReadOnlyList<AttackedNetwork> networks)
    {
        if (networks.GroupBy(n => n.Network.Name).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"Two of the networks are called '{same.Key}', so that results could not be told apart. Import one with another -Name.", same.Key);
        (_networks, _runs) = ([.. networks], [.. networks.Select(n => new AttackRun(n.Network, n.Query with { KeepsExamples = networks.Count == 1 }))]);
    }

    /// <summary>The measures so far, in the order in which they came up.</summary>
    public RobustnessMeasure[] Measures => _tally.Measures;

    /// <summary>Attacks a batch, prepared for the first network.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="failed">Takes what is wrong with single pictures, which are left out.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public void Add(ImageBatch batch, Action<CnnVisException> failed, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return;
        using var scope = NewDisposeScope();
        int[] known = [.. Enumerable.Range(0, batch.Readable.Count).Where(i => Labelled(batch.Readable[i].Path, failed))];
        if (known.Length == 0) return;
        ImageSource[] sources = [.. known.Select(i => batch.Readable[i].Source)];
        Tensor own = Rows.Select(pixels, known);
        Tensor[] prepared = [.. _networks.Select(n => Prepared(n, _networks[0].Network.Input, own, sources))];
        // A picture counts for all networks or for none. The batch knows what the first has no answer for.
        var errors = new Dictionary<int, CnnVisException>();
        for (int i = 1; i < _networks.Length; i++)
            foreach (int row in _networks[i].Network.AnswerCheck.Failing(prepared[i], out _, cancellation)) errors.TryAdd(row, _networks[i].Network.AnswerCheck.Error(sources[row].Path));
        foreach (CnnVisException error in errors.Values) failed(error);
        int[] kept = [.. Enumerable.Range(0, sources.Length).Where(i => !errors.ContainsKey(i))];
        if (kept.Length == 0) return;
        sources = [.. kept.Select(i => sources[i])];
        for (int i = 0; i < _networks.Length; i++)
        {
            int at = i;
            Take(i, _runs[i].Add(sources, errors.Count == 0 ? prepared[i] : Rows.Select(prepared[i], kept), LabelsOf(i, sources), share => progress?.Invoke((at + share) / _networks.Length), cancellation), cancellation);
        }
    }

    /// <summary>Attacks what had to wait for all pictures.</summary>
    /// <param name="cancellation">Ends it between passes.</param>
    public void Finish(CancellationToken cancellation)
    {
        for (int i = 0; i < _networks.Length; i++) Take(i, _runs[i].Finish(progress: null, cancellation), cancellation);
    }

    private bool Labelled(string path, Action<CnnVisException> failed)
    {
        try
        {
            foreach (AttackedNetwork network in _networks) network.Labels?.Of(path);
            return true;
        }
        catch (CnnVisException error)
        {
            failed(error);
            return false;
        }
    }

    private int[]? LabelsOf(int network, IReadOnlyList<ImageSource> sources) => _networks[network].Labels is { } labels ? [.. sources.Select(s => labels.Of(s.Path))] : null;

    private void Take(int source, IReadOnlyList<IReadOnlyList<AdversarialExample>> examples, CancellationToken cancellation)
    {
        for (int target = 0; target < _networks.Length; target++)
        {
            AdversarialExample[] all = [.. examples.SelectMany(e => e)];
            if (all.Length == 0) return;
            if (target == source)
            {
                foreach (AdversarialExample e in all) _tally.Add(e, _networks[source].Network.Origin, e.SaysLabelBefore, e.SaysLabelAfter, e.SaysLabelAfterRounding);
                continue;
            }
            var transfer = new Transfer(_networks[source].Network.Input, _networks[target]);
            foreach (AdversarialExample[] chunk in all.Chunk(_networks[target].Query.BatchSize)) transfer.Judge(chunk, _tally, cancellation);
        }
    }

    private static Tensor Prepared(AttackedNetwork network, CnnInput prepared, Tensor pixels, IReadOnlyList<ImageSource> sources)
    {
        CnnInput input = network.Network.Input;
        if (input == prepared) return pixels;
        float[] values = new float[sources.Count * input.Length];
        for (int i = 0; i < sources.Count; i++) Preprocessor.Load(sources[i].Located(), input, DecodeOptions.Default, values.AsSpan(i * input.Length, input.Length));
        return tensor(values, [sources.Count, input.Channels, input.Height, input.Width]).to(network.Network.TorchDevice);
    }
}
