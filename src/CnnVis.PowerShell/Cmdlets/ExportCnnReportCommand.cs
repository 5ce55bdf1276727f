using System.Management.Automation;
using System.Text;
using CnnVis.Engine.Reports;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Writes results into a report: one page that holds all, with how each was made.</summary>
[Cmdlet(VerbsData.Export, "CnnReport", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportCnnReportCommand : CnnVisCommand
{
    private const double Megabyte = 1e6;

    private ReportBuilder? _report;

    /// <summary>Anything: what can be seen becomes a picture, other results rows of tables, picture files pictures, text a paragraph, or a heading where it begins with #.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), AllowNull, AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write: a page (html, htm), or Markdown (md) with a folder of pictures beside it.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Title of the report.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string Title { get; set; } = "CnnVis report";

    /// <summary>Largest size of a page, in megabytes. Pictures lose quality, and then size, until it is kept.</summary>
    [Parameter, ValidateRange(0.5, 1000.0)]
    public double MaximumSize { get; set; } = 50;

    /// <summary>Draw only the first so many cells of each picture.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? Limit { get; set; }

    /// <summary>Replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsMarkdown => System.IO.Path.GetExtension(Path).Equals(".md", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (!IsMarkdown && System.IO.Path.GetExtension(Path).ToLowerInvariant() is not (".html" or ".htm")) throw new CnnVisException(ErrorIds.InvalidArgument, $"The name '{Path}' does not say what to write: end it in .html for a page, or in .md for Markdown.", Path);
        string file = FilePaths.Plain(SessionState, Path);
        if (File.Exists(file) && !Force) throw new CnnVisException(ErrorIds.FileExists, $"'{file}' exists already. Choose another name, or replace it with -Force.", file); // told before anything is drawn
        _report = new ReportBuilder(new DrawOptions { Limit = Limit, Cancellation = Cancellation });
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        try
        {
            switch (InputObject?.BaseObject)
            {
                case null: throw new CnnVisException(ErrorIds.NotAVisual, "Nothing came down the pipeline for the report.", InputObject);
                case string text: _report!.AddText(text); break;
                case FileInfo file: _report!.AddFile(file.FullName, CnnProvenance.Of(file)); break;
                default: _report!.Add(InputObject.BaseObject, ResultProperties.Of(InputObject), ResultProperties.Title(InputObject)); break;
            }
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_report!.Count == 0) throw new CnnVisException(ErrorIds.InvalidArgument, "Nothing came that a report could show, so none is written.", Path);
        ReportDocument document = _report.Build(Title);
        var files = new OutputFiles(this, "choose another name");
        string? file = IsMarkdown ? WriteMarkdown(document, files) : files.Write(Path, $"Write a report of {_report.Count} entries", Force, stream =>
        {
            var (embedded, sources) = ReportPage.Embed(document, _report.Pictures, (long)(MaximumSize * Megabyte));
            stream.Write(Encoding.UTF8.GetBytes(ReportPage.Html(embedded, sources)));
        });
        if (PassThru && file is not null) WriteFile(file);
    }

    private string? WriteMarkdown(ReportDocument document, OutputFiles files)
    {
        AtomicFolder? pictures = null;
        try
        {
            string? file = files.Write(Path, $"Write a report of {_report!.Count} entries, with a folder of pictures", Force, stream =>
            {
                string plain = FilePaths.Plain(SessionState, Path), folder = System.IO.Path.Join(System.IO.Path.GetDirectoryName(plain), System.IO.Path.GetFileNameWithoutExtension(plain) + "_files");
                pictures = new AtomicFolder(folder, Force);
                for (int i = 0; i < _report.Pictures.Count; i++) pictures.Add($"{i + 1}.png", _report.Pictures[i]);
                string[] sources = [.. Enumerable.Range(1, _report.Pictures.Count).Select(i => $"{Uri.EscapeDataString(System.IO.Path.GetFileName(folder))}/{i}.png")];
                stream.Write(Encoding.UTF8.GetBytes(ReportPage.Markdown(document, sources)));
                if (_report.Pictures.Count > 0) pictures.Place();
            });
            pictures?.Commit();
            return file;
        }
        finally
        {
            pictures?.Dispose();
        }
    }
}
