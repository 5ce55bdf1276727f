using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Metadata;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Reads networks from ONNX files and torch.export's, or takes them from the catalog: with the weights that are published, with a file's, or with random ones.</summary>
[Cmdlet(VerbsData.Import, "CnnModel", DefaultParameterSetName = PathSet), OutputType(typeof(CnnModel))]
public sealed class ImportCnnModelCommand : PathCommand
{
    private const string ArchitectureSet = "Architecture", RandomSet = "Random";

    /// <summary>Names of networks of the catalog. Without -WeightPath or -Random their published weights are taken, and downloaded if they are not on this machine.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ArchitectureSet, ValueFromPipeline = true), Parameter(Mandatory = true, Position = 0, ParameterSetName = RandomSet, ValueFromPipeline = true), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string[] Architecture { get; set; } = [];

    /// <summary>A file with weights: PyTorch's (.pth, .pt), safetensors or NumPy's (.npz). Where its last layer has another number of outputs, or its first another number of channels, so has the network.</summary>
    [Parameter(ParameterSetName = ArchitectureSet), ValidateNotNullOrEmpty]
    public string? WeightPath { get; set; }

    /// <summary>Which part of the weight file is meant, where it holds several sets: model, model_ema, or ema.state_dict for a nested one.</summary>
    [Parameter(ParameterSetName = ArchitectureSet), ValidateNotNullOrEmpty]
    public string? WeightKey { get; set; }

    /// <summary>Give the network random weights, as training would start from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet)]
    public SwitchParameter Random { get; set; }

    /// <summary>Start of the random numbers: the same gives the same network.</summary>
    [Parameter(ParameterSetName = RandomSet), ValidateRange(0, long.MaxValue)]
    public long Seed { get; set; }

    /// <summary>Channels of the pictures that the network takes: 1 for grey, 3 for colour. With -WeightPath, the file decides.</summary>
    [Parameter(ParameterSetName = RandomSet), ValidateRange(1, 4096)]
    public int? InputChannel { get; set; }

    /// <summary>ONNX files, programs of torch.export (.pt2) or folders of Hugging Face's (config.json, model.safetensors), with wildcards, or names of networks. A name wins over a file that is called the same: write ./alexnet for the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), PathArgument(TakesNames = true), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(NetworkFileCompleter))]
    public override string[] Path { get; set; } = [];

    /// <summary>Name to give the network; the file's name, or the catalog's, if left out.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Class names by output index, or one file of them: a name a line, or a JSON list.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>The input that takes the picture, where a file has several. Left out, it is the only one that looks like a picture.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PortCompleter))]
    public string? InputName { get; set; }

    /// <summary>The output that is the network's answer, or any other value of the file's graph. Left out, it is the first output.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PortCompleter))]
    public string? OutputName { get; set; }

    /// <summary>What the network answers with, where it is not what was found (Answer of the network says that, AnswerReason why): Classes, Labels (that may hold together), Binary (one number, yes or no), Numbers, Codes, Maps (a class for each place) or Outputs.</summary>
    [Parameter]
    public AnswerKind? Answer { get; set; }

    /// <summary>Values for inputs of the file that are no pictures: @{ name = value }, or 'name=value'. A value is a number, which fills the input, an array of numbers, or a NumPy file (.npy).</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty]
    public object[]? Constant { get; set; }

    /// <summary>Where the file's input has its channels: ChannelsFirst, or ChannelsLast as TensorFlow's. Left out, the first node that reads them tells.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet)]
    public ChannelLayout? Layout { get; set; }

    /// <summary>Order of the colours that the network takes: Rgb, or Bgr as Caffe's and OpenCV's.</summary>
    [Parameter]
    public ChannelOrder? ChannelOrder { get; set; }

    /// <summary>Range of pixel values that the network takes: Unit (0 to 1), Byte (0 to 255), Signed (-1 to 1), or the lowest and the highest value, which NumPy files in place of pictures then hold. -Mean and -StandardDeviation are in this range.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ValueRangeCompleter))]
    public ValueRangeReference? ValueRange { get; set; }

    /// <summary>Subtracted from each channel: one number, or one a channel in the network's order; in the network's range (-ValueRange), [0, 1] if that is left out. Leave it out where the file normalises itself.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(-1e6f, 1e6f)]
    public float[]? Mean { get; set; }

    /// <summary>A file with a mean for each channel and place, subtracted instead of -Mean: NumPy's .npy, Caffe's .binaryproto, or an ONNX tensor (.pb). Of a larger one the middle counts.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? MeanImage { get; set; }

    /// <summary>Each channel is divided by it, after the mean.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(1e-6f, 1e6f)]
    public float[]? StandardDeviation { get; set; }

    /// <summary>Rows and columns of the input, one number for both: where the file leaves them open (224 if left out), or where the network works with others than its own.</summary>
    [Parameter, ValidateCount(1, 2), ValidateRange(1, 4096)]
    public int[]? InputSize { get; set; }

    /// <summary>How photos are brought to the input's size.</summary>
    [Parameter]
    public ResizeMode? ResizeMode { get; set; }

    /// <summary>How pixels are interpolated when a photo is resized: Bilinear, torchvision's default; Bicubic, as timm's networks and transformers' are mostly trained; or PIL's Nearest, Lanczos, Box and Hamming.</summary>
    [Parameter]
    public Interpolation? Interpolation { get; set; }

    /// <summary>Length of a photo's shorter side before the centre is cut out.</summary>
    [Parameter, ValidateRange(1, 8192)]
    public int? ResizeTo { get; set; }

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        ComputeDevice.Ensure(Device); // a wrong one is told before anything is read
        if (Mean is not null && MeanImage is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "Give -Mean or -MeanImage, not both.", MeanImage);
        var options = new ImportOptions
        {
            Name = Name,
            Classes = Labels(),
            InputName = InputName,
            OutputName = OutputName,
            Answer = Answer,
            ChannelOrder = ChannelOrder,
            Constants = ConstantReference.Resolve(Constant, SessionState),
            Layout = Layout,
            ValueRange = ValueRange?.Pixels,
            ArrayRange = ValueRange?.Values,
            Mean = Mean,
            MeanImage = MeanImage is null ? null : Engine.Models.MeanImage.Read(FilePaths.Plain(SessionState, MeanImage)),
            StandardDeviation = StandardDeviation,
            InputSize = InputSize,
            Channels = InputChannel,
            ResizeMode = ResizeMode,
            Interpolation = Interpolation,
            ResizeTo = ResizeTo,
        };
        foreach (Func<Network> network in Wanted(options))
        {
            Cancellation.ThrowIfCancellationRequested();
            try
            {
                Network read = network();
                WriteVerbose($"{read.Name} answers with {read.Answer}: {read.AnswerReason}. Outputs: {string.Join(", ", read.Outputs)}.");
                WriteObject(read.On(Device));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private IEnumerable<Func<Network>> Wanted(ImportOptions options) => ParameterSetName switch
    {
        RandomSet => Architecture.Select<string, Func<Network>>(name => () => CatalogNetwork.Random(Entry(name), Seed, options, Cancellation)),
        ArchitectureSet when WeightPath is not null => Architecture.Select<string, Func<Network>>(name => () => CatalogNetwork.Load(Entry(name), FilePaths.Plain(SessionState, WeightPath), options, WeightKey, Cancellation)),
        ArchitectureSet => Architecture.Select<string, Func<Network>>(name => () => Known(name, options)),
        LiteralPathSet => ResolvePaths().Select<string, Func<Network>>(file => () => Network.Load(file, options, cancellation: Cancellation)),
        _ => Path.SelectMany(path => NamedOrFiles(path, options)),
    };

    /// <summary>What a person means by a path that may be a name.</summary>
    private IEnumerable<Func<Network>> NamedOrFiles(string path, ImportOptions options) => ModelCatalog.Knows(path)
        ? [() => Known(path, options)]
        : FilePaths.Resolve(this, literal: false, [path], error => Report(IsName(path) ? ModelCatalog.NotFound(path) : error)).Select<string, Func<Network>>(file => () => Network.Load(file, options, cancellation: Cancellation));

    private Network Known(string name, ImportOptions options) => ModelCatalog.Read(name, options, Fetch, Cancellation);

    private static CatalogEntry Entry(string name) => NetworkCatalog.Find(name) ?? throw ModelCatalog.NotFound(name);

    private static bool IsName(string path) => path.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');

    private string[]? Labels()
    {
        if (Label is not [string single]) return Label;
        string path;
        try
        {
            path = FilePaths.Plain(SessionState, single);
        }
        catch (CnnVisException)
        {
            return Label; // no path: the name of the only class
        }
        return File.Exists(path) ? LabelFile.Read(path) : Label;
    }
}
