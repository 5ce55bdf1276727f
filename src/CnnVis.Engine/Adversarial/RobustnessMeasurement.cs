using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Attacks each of some networks, shows the examples to all of them, and counts who is right. Holds no picture, unless an attack has to see all together.</summary>
public sealed class RobustnessMeasurement
{
    private readonly AttackedNetwork[] _networks;
    private readonly AttackRun[] _runs;
    private readonly RobustnessTally _tally;

    /// <param name="networks">The networks.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: two of them have one name.</exception>
    public RobustnessMeasurement(IReadOnlyList<AttackedNetwork> networks)
    {
        if (networks.GroupBy(n => n.Network.Name).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"Two of the networks are called '{same.Key}', so that results could not be told apart. Import one with another -Name.", same.Key);
        _tally = new RobustnessTally(name => networks.First(n => n.Network.Name == name).Network.Origin);
        (_networks, _runs) = ([.. networks], [.. networks.Select(n => new AttackRun(n.Network, n.Query with { KeepsExamples = networks.Count == 1 }))]);
    }

    /// <summary>The measures so far, in the order in which they came up.</summary>
    public RobustnessMeasure[] Measures => _tally.Measures;

    /// <summary>What a cmdlet gives: the measures, or one object that has them all.</summary>
    public IReadOnlyList<object> Results(bool asPlot) => _tally.Results(asPlot);

    /// <summary>Takes in what was found of a picture.</summary>
    public void Add(FoundVerdicts found)
    {
        foreach (RobustnessVerdict verdict in found.Verdicts) _tally.Add(verdict);
    }

    /// <summary>Attacks a batch, prepared for the first network.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>Of each readable picture what was found; of one that is left out, why.</returns>
    public IReadOnlyList<FoundVerdicts> Look(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var scope = NewDisposeScope();
        int count = batch.Readable.Count;
        var problems = new CnnVisException?[count];
        var verdicts = new List<RobustnessVerdict>[count];
        for (int i = 0; i < count; i++) (verdicts[i], problems[i]) = ([], Problem(batch.Readable[i].Path));
        int[] known = [.. Enumerable.Range(0, count).Where(i => problems[i] is null)];
        if (known.Length > 0) Attack(pixels, known);
        return [.. verdicts.Select((v, i) => new FoundVerdicts([.. v], ScanError.Of(problems[i])))];

        void Attack(Tensor pixels, int[] known)
        {
            ImageSource[] sources = [.. known.Select(i => batch.Readable[i].Source)];
            Tensor own = Rows.Select(pixels, known);
            Tensor[] prepared = [.. _networks.Select(n => Prepared(n, _networks[0].Network.Input, own, sources))];
            // A picture counts for all networks or for none. The batch knows what the first has no answer for.
            for (int i = 1; i < _networks.Length; i++)
                foreach (int row in _networks[i].Network.AnswerCheck.Failing(prepared[i], out _, cancellation)) problems[known[row]] ??= _networks[i].Network.AnswerCheck.Error(sources[row].Path);
            int[] kept = [.. Enumerable.Range(0, sources.Length).Where(i => problems[known[i]] is null)];
            if (kept.Length == 0) return;
            sources = [.. kept.Select(i => sources[i])];
            for (int i = 0; i < _networks.Length; i++)
            {
                int at = i;
                var examples = _runs[i].Add(sources, kept.Length == known.Length ? prepared[i] : Rows.Select(prepared[i], kept), LabelsOf(i, sources), share => progress?.Invoke((at + share) / _networks.Length), cancellation);
                foreach (var (place, verdict) in Verdicts(i, examples, cancellation)) verdicts[known[kept[place]]].Add(verdict);
            }
        }
    }

    /// <summary>Attacks what had to wait for all pictures.</summary>
    /// <param name="cancellation">Ends it between passes.</param>
    public void Finish(CancellationToken cancellation)
    {
        for (int i = 0; i < _networks.Length; i++)
            foreach (var (_, verdict) in Verdicts(i, _runs[i].Finish(progress: null, cancellation), cancellation)) _tally.Add(verdict);
    }

    private CnnVisException? Problem(string path)
    {
        try
        {
            foreach (AttackedNetwork network in _networks) network.Labels?.Of(path);
            return null;
        }
        catch (CnnVisException error)
        {
            return error;
        }
    }

    private int[]? LabelsOf(int network, IReadOnlyList<ImageSource> sources) => _networks[network].Labels is { } labels ? [.. sources.Select(s => labels.Of(s.Path))] : null;

    /// <summary>What all networks say of examples that were made for one, with the place of the picture.</summary>
    private IEnumerable<(int Place, RobustnessVerdict Verdict)> Verdicts(int source, IReadOnlyList<IReadOnlyList<AdversarialExample>> examples, CancellationToken cancellation)
    {
        (int Place, AdversarialExample Example)[] all = [.. examples.SelectMany((e, place) => e.Select(example => (place, example)))];
        for (int target = 0; target < _networks.Length; target++)
        {
            if (target == source)
            {
                foreach (var (place, e) in all) yield return (place, RobustnessVerdict.Of(e, _networks[source].Network.Name, e.SaysLabelBefore, e.SaysLabelAfter, e.SaysLabelAfterRounding));
                continue;
            }
            var transfer = new Transfer(_networks[source].Network.Input, _networks[target]);
            foreach (var chunk in all.Chunk(_networks[target].Query.BatchSize))
                foreach (var (one, verdict) in chunk.Zip(transfer.Judge([.. chunk.Select(c => c.Example)], cancellation))) yield return (one.Place, verdict);
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
