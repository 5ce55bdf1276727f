using System.Management.Automation;
using CnnVis.Engine.Codes.Files;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Writes codes, and maps of them, for NumPy or as a table.</summary>
[Cmdlet(VerbsData.Export, "CnnCode", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportCnnCodeCommand : CnnVisCommand
{
    private readonly OrderedDictionary<string, CodeSpool> _spools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TsneMap> _maps = new(StringComparer.Ordinal);
    private OutputFiles? _files;
    private int _index;

    /// <summary>The file to write; its extension says the format: npz for everything in one NumPy archive, npy for the numbers alone with a table beside them, csv. A property in braces, as {Layer}, gives each of its values a file of its own.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Codes, or a map of them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), AllowNull, AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        CodeWriter.Ensure(Path); // a wrong one is told before anything is computed
        _files = new OutputFiles(this, "put {Index} or another property that tells the codes apart into the file name");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        try
        {
            string path = FilePaths.Plain(SessionState, FileTemplate.IsTemplate(Path) ? FileTemplate.Fill(Path, InputObject ?? new PSObject(), _index++) : Path);
            CodeSpool spool = Spool(path);
            TsneMap? map = InputObject?.BaseObject as TsneMap;
            if (spool.Codes.Count > 0 && (map is not null || _maps.ContainsKey(path))) throw new CnnVisException(ErrorIds.FileExists, $"'{path}' takes one map: put {{Index}} into the file name.", path);
            if (map is not null) _maps[path] = map;
            foreach (CnnCode code in CodeInput.Of(InputObject)) spool.Add(code);
        }
        catch (CnnVisException error) when (error.ErrorId == ErrorIds.InvalidArgument && error.Target is not CnnCode)
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var (path, spool) in _spools)
        {
            if (spool.Codes.Count == 0) continue;
            try
            {
                string what = $"Write {spool.Codes.Count} codes of {spool.Length} numbers";
                string? table = CodeWriter.Beside(path);
                Write(path, what, stream => CodeWriter.Write(path, stream, spool, _maps.GetValueOrDefault(path), Cancellation));
                if (table is not null) Write(table, "Write paths and labels", stream => CodeWriter.WriteBeside(stream, spool));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private CodeSpool Spool(string path)
    {
        if (_spools.TryGetValue(path, out CodeSpool? spool)) return spool;
        // What cannot be written is told before the codes are computed.
        foreach (string file in new[] { path, CodeWriter.Beside(path) }.OfType<string>())
            if (!Force && File.Exists(file)) throw new CnnVisException(ErrorIds.FileExists, $"'{file}' exists already. Choose another name, or replace it with -Force.", file);
        return _spools[path] = new CodeSpool();
    }

    private void Write(string path, string what, Action<Stream> write)
    {
        string? file = _files!.Write(path, what, Force, write);
        if (PassThru && file is not null) WriteFile(file);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (CodeSpool spool in _spools.Values) spool.Dispose();
        base.Dispose(disposing);
    }
}
