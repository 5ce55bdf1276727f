using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scriban;
using Scriban.Runtime;

namespace CnnVis.Engine.Pages;

/// <summary>Pages from templates, which are files of their own that the build puts into the engine: HTML, CSS and JavaScript stay readable, and no string of code holds any.</summary>
internal static class PageTemplate
{
    /// <summary>Pictures in base 64 stay as they are; the usual encoder would write each of their plus signs as six characters.</summary>
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object as JSON for a script element. No less-than sign is left in it, so that no text can end the script or begin markup.</summary>
    public static string Json(object data) => JsonSerializer.Serialize(data, _plain).Replace("<", "\\u003C", StringComparison.Ordinal);

    /// <summary>The text of an embedded file.</summary>
    public static string Text(string resource)
    {
        using Stream stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The engine has no resource '{resource}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Fills a template (Scriban's language) with the properties of an object, called in_this_way.</summary>
    /// <param name="resource">Name of the embedded template.</param>
    /// <param name="model">What it shows. Text that does not come from us is escaped in the template.</param>
    public static string Render(string resource, object model)
    {
        Template template = Template.Parse(Text(resource), resource);
        if (template.HasErrors) throw new InvalidOperationException(string.Join('\n', template.Messages));
        var globals = new ScriptObject();
        globals.Import(model);
        var context = new TemplateContext { LoopLimit = 0, LimitToString = 0, StrictVariables = true };
        context.PushGlobal(globals);
        return template.Render(context);
    }
}
