using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Writes a network as an ONNX file, with its classes and picture preparation, or its weights as safetensors.</summary>
[Cmdlet(VerbsData.Export, "CnnModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportCnnModelCommand : ModelCommand
{
    /// <summary>Tensors that a warning names.</summary>
    private const int MostNamed = 10;

    private OutputFiles? _files;

    /// <summary>The file to write. Its extension says the format: .safetensors for the weights alone, anything else for ONNX.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Onnx: the whole network; Safetensors: its weights alone. Left out, the file's extension says it.</summary>
    [Parameter]
    public ModelFormat? Format { get; set; }

    /// <summary>Keep the weights as 16-bit numbers: half the size. Weights that 16 bits cannot hold (above 65504, or all below 0.00006) stay as they are, with a warning.</summary>
    [Parameter]
    public SwitchParameter HalfPrecision { get; set; }

    /// <summary>Replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Piped? piped in Items()) Write(NetworkOf(piped));
    }

    private void Write(Network network)
    {
        _files ??= new OutputFiles(this, "give each network a file of its own");
        ModelFormat format = Format ?? (System.IO.Path.GetExtension(Path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? ModelFormat.Safetensors : ModelFormat.Onnx);
        try
        {
            IReadOnlyList<string> kept = [];
            string? file = _files.Write(Path, $"Write the network {network.Name}", Force, stream => kept = network.Save(stream, format, HalfPrecision, Cancellation));
            if (kept.Count > 0) WriteWarning($"{kept.Count} {(kept.Count == 1 ? "tensor" : "tensors")} of {network.Name} stayed float32, because float16 (6e-05 to 65504) cannot hold {(kept.Count == 1 ? "it" : "them")}: {string.Join(", ", kept.Take(MostNamed))}{(kept.Count > MostNamed ? $" and {kept.Count - MostNamed} more" : "")}.");
            if (PassThru && file is not null) WriteFile(file);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }
}
