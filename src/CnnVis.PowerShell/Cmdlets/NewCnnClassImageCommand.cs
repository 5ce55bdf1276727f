using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis.ClassImages;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Makes pictures that a class, a channel, a neuron, a direction or a layer of a network likes best.</summary>
[Cmdlet(VerbsCommon.New, "CnnClassImage", DefaultParameterSetName = ClassSet), OutputType(typeof(CnnClassImage))]
public sealed class NewCnnClassImageCommand : SynthesisCommand
{
    private const string ClassSet = "Class", LayerSet = "Layer", ObjectiveSet = "Objective", TargetSet = "Target", InputSet = "InputObject";
    private readonly List<CnnObjective> _objectives = [];
    private Network? _network;

    /// <summary>Classes, by name, with wildcards, or index: a picture for each.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ClassSet), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ClassCompleter))]
    public string[] Class { get; set; } = [];

    /// <summary>Layers, by name or alias, with wildcards: a picture for each. Alone, the picture gives it more of whatever it sees (deep dream).</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Channels of the layer: a picture for each, which raises the channel's mean.</summary>
    [Parameter(ParameterSetName = LayerSet), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>Row and column of a neuron of each channel, from 0; or where a direction of one number a channel counts.</summary>
    [Parameter(ParameterSetName = LayerSet), ValidateCount(2, 2)]
    public int[]? Position { get; set; }

    /// <summary>A direction in the layer: a number a channel, or one a value. Its length does not matter.</summary>
    [Parameter(ParameterSetName = LayerSet), ValidateNotNullOrEmpty]
    public float[]? Direction { get; set; }

    /// <summary>A picture: what the layer sees in it is exaggerated.</summary>
    [Parameter(ParameterSetName = LayerSet), ValidateNotNullOrEmpty]
    public string? Caricature { get; set; }

    /// <summary>What to raise: objectives of CnnObjective, weighted and added up with * and +; texts, as 'espresso' or 'relu5:3' or 'relu5:3:2,4'; or tables of texts and weights. A picture for each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectiveSet), ValidateNotNullOrEmpty]
    public ObjectiveReference[] Objective { get; set; } = [];

    /// <summary>Any other numbers of the network, as Get-SaliencyMap's -Target takes them: 'boxes[17,4]', 'mean(out[:,3])', 'class(cat)[0:8,4:12]', 'a[0] - 0.5*b[1]'. A picture for each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TargetSet), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(TargetCompleter))]
    public TargetReference[] Target { get; set; } = [];

    /// <summary>Class names, objectives, and results of other cmdlets, which tell a network and what to raise in it: a prediction its class, a filter or unit its channel, a map what it explains, a code its direction. Beside one of the other parameters they tell the network.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true), Parameter(ParameterSetName = ClassSet, ValueFromPipeline = true), Parameter(ParameterSetName = LayerSet, ValueFromPipeline = true), Parameter(ParameterSetName = ObjectiveSet, ValueFromPipeline = true), Parameter(ParameterSetName = TargetSet, ValueFromPipeline = true), AllowNull]
    public override PSObject? InputObject { get; set; }

    /// <summary>Lucid (Olah et al. 2017), Simonyan (2013: the score minus λ‖x‖², from the network's mean), or Yosinski (2015: decay, blur and clipping of small pixels).</summary>
    [Parameter]
    public ClassImageMethod Method { get; set; } = ClassImageMethod.Lucid;

    /// <summary>Pictures of each objective, with seeds counted up from -Seed.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <summary>Steps. Left out, 384 of Lucid, 100 of Simonyan, 200 of Yosinski.</summary>
    [Parameter, ValidateRange(0, 1_000_000)]
    public int? Steps { get; set; }

    /// <summary>What to begin with: Mean (what the network's preparation makes zero; for Lucid at least a quarter from black and white), Grey, Noise (noise about the mean), or a picture. Left out, Mean for Simonyan, and noise about it for the others.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(StartCompleter))]
    public string? Start { get; set; }

    /// <summary>Size of a step, of Lucid in units of its spectrum (0.05), of Yosinski (0.02) and Simonyan (0.005) in pixel values, root mean square. Simonyan's steps add up with a momentum of 0.9, and fall to nothing along half a cosine.</summary>
    [Parameter, ValidateRange(1e-9, 1e9)]
    public double? LearningRate { get; set; }

    /// <summary>λ of Simonyan's λ‖x‖²: the sum over all values of the picture, which lie in [0, 1], of their squared distance from the mean. Left out, the one with which the picture of a linear score with the gradient at the start would be 0.3 from the mean, root mean square.</summary>
    [Parameter, ValidateRange(0.0, 1e9)]
    public double? Lambda { get; set; }

    /// <summary>How smooth Simonyan's gradients are made: their spectrum is divided by the frequency to this power (1.5). 0 is the plain gradient, which paints noise at 224 pixels; 2 gives large shapes without detail.</summary>
    [Parameter, ValidateRange(0.0, 4.0)]
    public double Smoothing { get; set; } = ClassImageOptions.Default.Smoothing;

    /// <summary>Weight of Lucid's total variation (0.005), in shares of what the score has gained, so that it serves classes and channels alike. A photo has a total variation of about 1.</summary>
    [Parameter, ValidateRange(0.0, 1e9)]
    public double? TotalVariation { get; set; }

    /// <summary>Largest random shift at each step, in pixels. Left out, a sixteenth of the side; 0 for none, as in the papers of Simonyan and Yosinski.</summary>
    [Parameter, ValidateRange(0, 4096)]
    public int? Jitter { get; set; }

    /// <summary>Largest random change of size at each step; 0.1, Lucid's, for factors from 0.9 to 1.1.</summary>
    [Parameter, ValidateRange(0.0, 0.9)]
    public double? Scale { get; set; }

    /// <summary>Largest random rotation at each step, in degrees.</summary>
    [Parameter, ValidateRange(0.0, 180.0)]
    public double? Rotation { get; set; }

    /// <summary>Whence Lucid knows how colours go together: ImageNet, Reference (the pictures of -Reference), or None.</summary>
    [Parameter]
    public ColorSource Color { get; set; }

    /// <summary>Weight of how much the pictures of one objective differ in style (Lucid's diversity), in the last layer with rows and columns.</summary>
    [Parameter, ValidateRange(0.0, 1e9)]
    public double Diversity { get; set; }

    /// <summary>Power of the cosine of directions and caricatures: the larger, the closer to them.</summary>
    [Parameter, ValidateRange(0.0, 100.0)]
    public double CosinePower { get; set; } = 1;

    /// <summary>Share of the picture that Yosinski's decay takes back at each step (0.0001).</summary>
    [Parameter, ValidateRange(0.0, 1.0)]
    public double Decay { get; set; } = ClassImageOptions.Default.Decay;

    /// <summary>Deviation of Yosinski's blur, in pixels (1); 0 for none.</summary>
    [Parameter, ValidateRange(0.0, 100.0)]
    public double BlurDeviation { get; set; } = ClassImageOptions.Default.BlurDeviation;

    /// <summary>Steps from one of Yosinski's blurs to the next (4).</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int BlurEvery { get; set; } = ClassImageOptions.Default.BlurEvery;

    /// <summary>Percent of pixels that Yosinski clips because they are near the mean (0, none).</summary>
    [Parameter, ValidateRange(0.0, 100.0)]
    public double NormPercentile { get; set; } = ClassImageOptions.Default.NormPercentile;

    /// <summary>Percent of pixels that Yosinski clips because they contribute little (0, none).</summary>
    [Parameter, ValidateRange(0.0, 100.0)]
    public double ContributionPercentile { get; set; } = ClassImageOptions.Default.ContributionPercentile;

    /// <summary>Real pictures, or folders of them, whose largest score is told beside the reached one.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[]? Reference { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Making pictures";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (ParameterSetName == LayerSet) CheckLayer();
        if (Color == ColorSource.Reference && Reference is null)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Color Reference takes colours from the pictures of -Reference: name some.", Color);
        if (Color != default && Method != ClassImageMethod.Lucid)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"-Color is for Lucid's spectrum; {Method} moves the pixels themselves.", Color);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Piped? piped in Items())
        {
            Network network = NetworkOf(piped);
            if (_network is not null && !ReferenceEquals(network, _network)) Make();
            _network = network;
            _objectives.AddRange(Objectives(piped));
        }
    }

    /// <inheritdoc/>
    protected override void End() => Make();

    /// <inheritdoc/>
    private protected override Piped OfText(Piped text) => new(text.Item) { Question = new CnnQuestion { Class = text.Path } };

    /// <inheritdoc/>
    private protected override bool IsUnderstood(Piped piped) => piped.Item is CnnObjective || base.IsUnderstood(piped);

    private void Make()
    {
        if (_objectives.Count == 0) return;
        string[] files = Reference is null ? [] : Pictures(Reference);
        if (Reference is not null && files.Length == 0) throw new CnnVisException(ErrorIds.NoImages, $"There is no picture in '{string.Join(", ", Reference)}'.", Reference);
        // Numbers of -Target are asked of the network that has them as its answer.
        CnnTarget[] numbers = [.. _objectives.SelectMany(o => o.Terms).Select(t => t.Number).OfType<string>().Distinct(StringComparer.Ordinal).Select(CnnTarget.Parse)];
        Network network = numbers.Length > 0 ? _network!.Asking(numbers) : _network!;
        var compiler = new ObjectiveCompiler(network, CosinePower);
        CompiledObjective[] compiled = [.. _objectives.Select(o => compiler.Compile(o, Cancellation))];
        _objectives.Clear();
        var synthesis = new ClassImageSynthesis(network, Options(network, files));
        WriteImages(synthesis.Make(compiled, Seeds(Count), Reference is null ? null : Scores(network, compiled, files), ShowProgress, Cancellation));
    }

    private CnnObjective[] Objectives(Piped? piped) =>
    [
        .. ParameterSetName switch
        {
            ClassSet => OfClasses(Class),
            ObjectiveSet => Objective.Select(o => Known(o.Of(_network!))),
            TargetSet => Target.Select(t => CnnObjective.OfTarget(t.Target)),
            LayerSet => LayerSelection.Of(_network!, Layer).SelectMany(l => OfLayer(l.Alias)),
            _ => OfItem(piped!),
        },
    ];

    private IEnumerable<CnnObjective> OfItem(Piped piped)
    {
        if (piped.Item is CnnObjective objective) return [objective];
        return QuestionOf(piped, _network!) switch
        {
            { Number: { } number } => [CnnObjective.OfTarget(CnnTarget.Parse(number))],
            { Layer: { } layer, Channels: null, Direction: { } direction } => [CnnObjective.OfDirection(layer, direction)],
            { Layer: { } layer, Channels: null } => [CnnObjective.OfLayer(_network!.Layer(layer).Alias)],
            { Layer: { } layer, Channels: { } channels, Row: { } row, Column: { } column } => channels.Select(c => CnnObjective.OfNeuron(layer, c, row, column)),
            { Layer: { } layer, Channels: { } channels } => LayerSelection.Channels(_network!.Layer(layer), [.. channels]).Select(c => CnnObjective.OfChannel(layer, c)),
            { } question when question.Classes() is { } classes => OfClasses(classes),
            _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"{Sentence(PipedReader.Kind(piped.Item))} says nothing that a picture could raise: name a class, or -Layer, -Objective or -Target.", piped.Item),
        };
    }

    private IEnumerable<CnnObjective> OfClasses(string[] names) => names.SelectMany(c => ClassSelection.Like(_network!, c)).Select(i => CnnObjective.OfClass(ClassName(i)));

    /// <summary>The objective itself, once it is known that the network has what it names.</summary>
    private CnnObjective Known(CnnObjective objective)
    {
        if (objective.Terms.All(t => t.Number is null)) _ = new ObjectiveCompiler(_network!, CosinePower).Compile(objective, Cancellation);
        return objective;
    }

    private IEnumerable<CnnObjective> OfLayer(string layer) => this switch
    {
        { Direction: { } direction } => [CnnObjective.OfDirection(layer, direction, Position)],
        { Caricature: { } path } => [CnnObjective.OfCaricature(layer, FilePaths.Plain(SessionState, path))],
        { Channel: null } => [CnnObjective.OfLayer(layer)],
        { Position: [var row, var column] } => Channel.Select(c => CnnObjective.OfNeuron(layer, c, row, column)),
        _ => Channel.Select(c => CnnObjective.OfChannel(layer, c)),
    };

    /// <summary>The class's name, or its index where others have that name too.</summary>
    private string ClassName(int index) => _network!.Classes.Count(n => n == _network.Classes[index]) == 1 ? _network.Classes[index] : $"{index}";

    private void CheckLayer()
    {
        if (new object?[] { Channel, Direction, Caricature }.Count(p => p is not null) > 1)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel, -Direction and -Caricature are different things to raise: give one of them.", Layer);
        if (Position is not null && Channel is null && Direction is null)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Position is the place of a neuron: say of which -Channel, or of which -Direction.", Position);
    }

    private ClassImageOptions Options(Network network, string[] references)
    {
        CnnInput input = network.Input;
        string? word = StartCompleter.Word(Start);
        return new ClassImageOptions
        {
            Method = Method,
            Steps = Steps,
            LearningRate = LearningRate,
            Lambda = Lambda,
            Smoothing = Smoothing,
            TotalVariation = TotalVariation,
            Jitter = Jitter,
            Scale = Scale,
            Rotation = Rotation,
            Colors = Color switch
            {
                ColorSource.None => ColorCorrelation.None(input.Channels),
                ColorSource.Reference => ColorCorrelation.OfFiles(references, input, Report, Cancellation),
                _ => null,
            },
            Diversity = Diversity,
            Decay = Decay,
            BlurDeviation = BlurDeviation,
            BlurEvery = BlurEvery,
            NormPercentile = NormPercentile,
            ContributionPercentile = ContributionPercentile,
            Start = Start is null || word == StartCompleter.Mean ? null : StartOf(network, Start),
            Noise = Start is null ? null : word == StartCompleter.Noise,
            BatchSize = BatchSize,
        };
    }

    private ReferenceScores Scores(Network network, CompiledObjective[] objectives, string[] files) => ReferenceScores.Of(network, [.. objectives.Select(o => o.Meaning)], files, BatchSize, Report, seen =>
        Bar.Show((double)seen / files.Length, () => $"{seen} of {files.Length} real pictures"), Cancellation);
}
