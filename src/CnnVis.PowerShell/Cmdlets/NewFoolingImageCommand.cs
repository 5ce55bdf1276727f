using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Makes pictures that show nothing, and that a network is certain about.</summary>
[Cmdlet(VerbsCommon.New, "FoolingImage"), OutputType(typeof(CnnFoolingImage))]
public sealed class NewFoolingImageCommand : SynthesisCommand
{
    private readonly List<int?> _classes = [];
    private Network? _network;

    /// <summary>Classes, by name or index, with wildcards: a picture for each; * for all. Left out, whatever class becomes certain.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ClassCompleter))]
    public string[]? Class { get; set; }

    /// <summary>Gradient (Karpathy), DirectEvolution or IndirectEvolution (Nguyen et al. 2014), which need no gradient.</summary>
    [Parameter]
    public FoolingMethod Method { get; set; }

    /// <summary>The probability at which it stops.</summary>
    [Parameter, ValidateRange(0.0, 0.999999)]
    public double Confidence { get; set; } = FoolingOptions.Default.Confidence;

    /// <summary>What to begin with: Noise, Grey, Mean (what the network's preparation makes zero), or a picture, as one of another class. Left out, Noise. IndirectEvolution begins with patterns of its own.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(StartCompleter))]
    public string? Start { get; set; }

    /// <summary>Steps at most (1,000), or generations at most (2,000).</summary>
    [Parameter, ValidateRange(0, 10_000_000)]
    public int? Steps { get; set; }

    /// <summary>Pictures of each class, with seeds counted up from -Seed.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override string Activity => "Fooling the network";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Start is not null && Method == FoolingMethod.IndirectEvolution)
            throw new CnnVisException(ErrorIds.InvalidArgument, "IndirectEvolution begins with patterns of its own: leave -Start out.", Start);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Piped? piped in Items())
        {
            Network network = NetworkOf(piped);
            if (_network is not null && !ReferenceEquals(network, _network)) Make();
            _network = network;
            if (Class is not null || piped is null) AddClasses(Class);
            else if (QuestionOf(piped, network)?.Classes() is { } classes) AddClasses(classes);
            else if (piped.Item is CnnModel) AddClasses(null);
            else throw new CnnVisException(ErrorIds.InvalidArgument, $"{Sentence(PipedReader.Kind(piped.Item))} names no class to fool '{network.Name}' with: say which with -Class.", piped.Item);
        }
    }

    /// <inheritdoc/>
    protected override void End() => Make();

    /// <inheritdoc/>
    private protected override Piped OfText(Piped text) => new(text.Item) { Question = new CnnQuestion { Class = text.Path } };

    private void AddClasses(string[]? names)
    {
        IEnumerable<int?> wanted = names is null ? [null] : names.SelectMany(ClassesLike).Select(i => (int?)i);
        foreach (int? index in wanted)
            if (!_classes.Contains(index)) _classes.Add(index);
    }

    private void Make()
    {
        if (_classes.Count == 0) return; // an empty pipeline asks for nothing
        string start = Start ?? StartCompleter.Noise;
        var synthesis = new FoolingSynthesis(_network!, new FoolingOptions
        {
            Method = Method,
            Confidence = Confidence,
            Steps = Steps,
            Start = StartOf(_network!, start),
            StartName = StartCompleter.Word(start) ?? System.IO.Path.GetFileName(start),
            BatchSize = BatchSize,
        });
        int?[] classes = [.. _classes];
        _classes.Clear();
        WriteImages(synthesis.Make(classes, Seeds(Count), ShowProgress, Cancellation));
    }

    private IEnumerable<int> ClassesLike(string name) => ClassSelection.Like(_network!, name);
}
