using System.Management.Automation;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis.Inversion;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Makes pictures from codes alone: what a layer still knows of the picture that it saw.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CnnCode", DefaultParameterSetName = PathSet), OutputType(typeof(CnnReconstruction), typeof(CnnReconstructionSheet), typeof(CnnReconstructionSummary))]
public sealed class ConvertFromCnnCodeCommand : SynthesisCommand
{
    private const string PathSet = "Path", LiteralPathSet = "LiteralPath", InputSet = "InputObject";
    private readonly List<CnnReconstruction> _kept = [];
    private InversionSummary _summary = new();
    private Network? _network;
    private CodeInversion? _inversion;
    private InversionQueue? _queue;
    private IReadOnlyList<CnnLayer> _layers = [];
    private string? _picture;
    private int _pictures;

    /// <summary>Picture files or folders, with wildcards, whose codes are taken and inverted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet), ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Picture files or folders, no character of theirs special.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty, Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Codes of Get-CnnCode, activations of Get-CnnActivation, or pictures: files, and results that are pictures or are about one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true), Parameter(ParameterSetName = PathSet, ValueFromPipeline = true), Parameter(ParameterSetName = LiteralPathSet, ValueFromPipeline = true), AllowNull]
    public override PSObject? InputObject { get; set; }

    /// <summary>Layers, by name or alias, with wildcards. Left out, a code's own, and of pictures the one that the classifier reads.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Take only these channels of the code.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>Split the channels into so many groups of neighbours, and make a picture from each.</summary>
    [Parameter, ValidateRange(2, 65536)]
    public int? ChannelGroup { get; set; }

    /// <summary>Take only so many rows and columns from the middle of the maps.</summary>
    [Parameter, ValidateRange(1, 65536)]
    public int? Neighborhood { get; set; }

    /// <summary>The way down: Adam, Momentum (the paper's), or Lbfgs.</summary>
    [Parameter]
    public InversionMethod Method { get; set; } = InversionMethod.Adam;

    /// <summary>Pictures from each code, with seeds counted up from -Seed: what differs between them is what the layer forgot.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <summary>Steps.</summary>
    [Parameter, ValidateRange(0, 1_000_000)]
    public int Steps { get; set; } = InversionOptions.Default.Steps;

    /// <summary>Size of a step at the beginning, in pixel values, or in units of the spectrum. Left out, 0.1 of Adam, 0.05 in the spectrum of a picture of 128 pixels a side and more, and 0.02 of Momentum; Lbfgs needs none.</summary>
    [Parameter, ValidateRange(1e-9, 1e9)]
    public double? LearningRate { get; set; }

    /// <summary>α of the α-norm.</summary>
    [Parameter, ValidateRange(1.0, 100.0)]
    public double Alpha { get; set; } = InversionOptions.Default.Alpha;

    /// <summary>Weight of the α-norm; a photo's is about 1. Left out, 0.001.</summary>
    [Parameter, ValidateRange(0.0, 1e9)]
    public double? AlphaWeight { get; set; }

    /// <summary>β of the total variation.</summary>
    [Parameter, ValidateRange(0.5, 10.0)]
    public double Beta { get; set; } = InversionOptions.Default.Beta;

    /// <summary>Weight of the total variation; a photo's is about 1. Left out, 0.0005, 0.005 or 0.05 by the depth of the layer.</summary>
    [Parameter, ValidateRange(0.0, 1e9)]
    public double? TotalVariation { get; set; }

    /// <summary>Move a spectrum of decorrelated colours, as New-CnnClassImage's Lucid does, instead of pixels. Left out, so it is with Adam beyond the first quarter of the layers, for pictures of 128 pixels a side and more; -Spectrum:$false moves pixels.</summary>
    [Parameter]
    public SwitchParameter Spectrum { get; set; }

    /// <summary>Largest shift of the picture before each look, in pixels, against the stripes that strides leave; 0 for none. Left out, 1 where a spectrum is moved, units are 4 to 7 pixels apart and the layer is beyond the first quarter, else 0.</summary>
    [Parameter, ValidateRange(0, 1024)]
    public int? Jitter { get; set; }

    /// <summary>A picture to begin with, instead of noise.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Start { get; set; }

    /// <summary>Give one sheet: a row a picture, first as it is, then from each layer.</summary>
    [Parameter]
    public SwitchParameter Sheet { get; set; }

    /// <summary>Give a line a layer: errors, likeness to the originals, and how often the network still sees the same class.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Take the pictures of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Inverting codes";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Channel is not null && ChannelGroup is not null)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel names channels and -ChannelGroup splits all of them: give one of the two.", ChannelGroup);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName != InputSet)
        {
            foreach (Piped? piped in Items())
                if (Enter(piped)) AddPictures(ParameterSetName == LiteralPathSet ? LiteralPath : Path, ParameterSetName == LiteralPathSet);
            return;
        }
        foreach (Piped piped in PipedReader.Read(InputObject, wantsPictures: true))
        {
            try
            {
                AddItem(piped);
            }
            catch (CnnVisException error) when (error.ErrorId != ErrorIds.ModelMismatch)
            {
                Report(error);
            }
        }
    }

    /// <inheritdoc/>
    protected override void End() => Leave();

    /// <summary>Sees to it that codes of an object's network are inverted.</summary>
    /// <returns>Whether that was another one before.</returns>
    private bool Enter(Piped? piped)
    {
        Network network = NetworkOf(piped);
        if (ReferenceEquals(network, _network)) return false;
        Leave();
        _network = network;
        TellPreparation(network, BatchSize);
        _layers = LayersOf(network, Layer, QuestionOf(piped, network)?.Layers(), () => [CodeLayer.Of(network)], "what the classifier reads");
        _inversion = new CodeInversion(network, new InversionOptions
        {
            Method = Method,
            Steps = Steps,
            LearningRate = LearningRate,
            Alpha = Alpha,
            AlphaWeight = AlphaWeight,
            Beta = Beta,
            TotalVariation = TotalVariation,
            Neighborhood = Neighborhood,
            Spectrum = MyInvocation.BoundParameters.ContainsKey(nameof(Spectrum)) ? Spectrum.IsPresent : null,
            Jitter = Jitter,
            Start = Start is null ? null : Load(network, Start),
            BatchSize = BatchSize,
        });
        _queue = new InversionQueue(_inversion, Seeds(Count), BatchSize);
        if (ParameterSetName == InputSet) return true; // each code has a layer of its own
        foreach (CnnLayer layer in _layers)
        {
            _inversion.Check(layer);
            _ = ChannelGroups.Of(layer, Channel, ChannelGroup);
        }
        return true;
    }

    private void Leave()
    {
        if (_queue is null) return;
        Flush();
        int perPicture = _pictures > 0 && _kept.Count % _pictures == 0 ? _kept.Count / _pictures : 1;
        if (Sheet && _kept.Count > 0) WriteObject(CodeInversion.Sheet(_network!, [.. _kept], perPicture));
        if (Summary) WriteObject(_summary.Rows(), enumerateCollection: true);
        (_queue, _picture, _pictures, _summary) = (null, null, 0, new InversionSummary());
        _kept.Clear();
    }

    private void AddItem(Piped piped)
    {
        object item = piped.Item is PSObject ? PSObject.AsPSObject(piped.Item) : piped.Item;
        switch (item)
        {
            case CnnActivation activation:
                Enter(piped);
                AddCode(activation.Layer, Source(piped), activation.Values, [.. activation.Channels]);
                return;
            case string or FileSystemInfo or PixelImage or CnnPicture or SynthesizedImage or AdversarialExample:
                break;
            case TsnePoint point:
                Enter(piped);
                AddCode(point.Code.Layer, Source(piped), point.Code.Values, null);
                return;
            case CnnCode code:
                Enter(piped);
                AddCode(code.Layer, Source(piped), code.Values, null);
                return;
            default:
                if (item is not ICnnResult && DeserializedResult.HoldsCode(PSObject.AsPSObject(item)))
                {
                    CnnCode read = CodeInput.Of(item).Single();
                    Enter(piped);
                    AddCode(read.Layer, Source(piped), read.Values, piped.Question?.Channels?.ToArray());
                    return;
                }
                break;
        }
        if (!piped.HasPicture)
            throw new CnnVisException(ErrorIds.NotAPicture, $"{Sentence(PipedReader.Kind(piped.Item))} is neither a code nor a picture. ConvertFrom-CnnCode takes what Get-CnnCode and Get-CnnActivation give, and pictures.", piped.Item);
        Enter(piped);
        if (piped.Picture is { } picture) AddPicture(ImageSource.Of(picture));
        else AddPictures([piped.Path!], piped.IsLiteral);
    }

    private static ImageSource? Source(Piped piped) => piped.Picture is { } picture ? ImageSource.Of(picture) : piped.Path is { } path ? new ImageSource(path) : null;

    private void AddPictures(string[] paths, bool literal)
    {
        foreach (string file in Pictures(paths, literal, Recurse)) AddPicture(new ImageSource(file));
    }

    private void AddPicture(ImageSource source)
    {
        if (Cancellation.IsCancellationRequested) WriteImages(_kept);
        float[] pixels;
        try
        {
            pixels = Load(_network!, source);
        }
        catch (CnnVisException error)
        {
            Report(error);
            return;
        }
        float[][][] codes = _inversion!.Codes([pixels], _layers, Cancellation);
        for (int i = 0; i < _layers.Count; i++) Add(_layers[i], new InversionTarget(source.Path, codes[i][0], Channels: null, pixels));
        _pictures++;
        if (_queue!.IsFull) Flush();
    }

    private void AddCode(string? layer, ImageSource? source, float[] values, int[]? channels)
    {
        string? path = source?.Path;
        Add(Own(layer, path), new InversionTarget(path, values, channels, Original(source)));
        if (path is null || path != _picture) _pictures++; // the layers of a picture come one after another
        _picture = path;
        if (_queue!.IsFull) Flush();
    }

    /// <summary>The layer that a code is one of.</summary>
    private CnnLayer Own(string? layer, string? path)
    {
        if (layer is null && (Layer is null || _layers.Count != 1))
            throw new CnnVisException(ErrorIds.InvalidArgument, "The code does not tell its layer: name it with -Layer.", path);
        CnnLayer own = layer is null ? _layers[0] : _network!.Layer(layer);
        return Layer is null || _layers.Contains(own) ? own
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"The code is one of {own.Alias}; -Layer asks for {string.Join(", ", _layers)}. Leave -Layer out.", own.Alias);
    }

    private void Add(CnnLayer layer, InversionTarget target) => _queue!.Add(layer, target, ChannelGroups.Of(layer, Channel, ChannelGroup));

    private float[]? Original(ImageSource? source)
    {
        if (source is null) return null;
        try
        {
            return Load(_network!, source);
        }
        catch (CnnVisException)
        {
            return null; // the code outlived its picture
        }
    }

    private void Flush()
    {
        var done = _queue!.Invert(ShowProgress, Cancellation);
        if (!Sheet && !Summary || Cancellation.IsCancellationRequested)
        {
            WriteImages([.. _kept, .. done]);
            return;
        }
        if (Sheet) _kept.AddRange(done);
        foreach (CnnReconstruction item in done) _summary.Add(item);
    }
}
