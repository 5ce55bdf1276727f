using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Reads networks from ONNX files.</summary>
[Cmdlet(VerbsData.Import, "CnnModel", DefaultParameterSetName = PathSet), OutputType(typeof(CnnModel))]
public sealed class ImportCnnModelCommand : PathCommand
{
    /// <summary>Name to give the network; the file's name if left out.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Class names by output index, or one text file with a name a line.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Subtracted from each channel, values in [0, 1]. Leave it out where the file normalises itself.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(-1e6f, 1e6f)]
    public float[]? Mean { get; set; }

    /// <summary>Each channel is divided by it, after the mean.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(1e-6f, 1e6f)]
    public float[]? StandardDeviation { get; set; }

    /// <summary>Rows and columns of the input where the file leaves them open; 224 if left out.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int[]? InputSize { get; set; }

    /// <summary>How photos are brought to the input's size.</summary>
    [Parameter]
    public ResizeMode? ResizeMode { get; set; }

    /// <summary>Length of a photo's shorter side before the centre is cut out.</summary>
    [Parameter, ValidateRange(1, 8192)]
    public int? ResizeTo { get; set; }

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = "cpu";

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        ComputeDevice.Ensure(Device); // a wrong one is told before anything is read
        var options = new ImportOptions
        {
            Name = Name,
            Classes = Labels(),
            Mean = Mean,
            StandardDeviation = StandardDeviation,
            InputSize = InputSize,
            ResizeMode = ResizeMode,
            ResizeTo = ResizeTo,
        };
        foreach (string file in ResolvePaths())
        {
            Cancellation.ThrowIfCancellationRequested();
            try
            {
                WriteObject(Network.Load(file, options).On(Device));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private string[]? Labels()
    {
        if (Label is not [string single]) return Label;
        try
        {
            string path = FilePaths.Plain(SessionState, single);
            return File.Exists(path) ? File.ReadLines(path).Where(l => l.Length > 0).ToArray() : Label;
        }
        catch (CnnVisException)
        {
            return Label; // no path: the name of the only class
        }
    }
}
