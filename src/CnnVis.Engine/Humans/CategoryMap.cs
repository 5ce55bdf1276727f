using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans;

/// <summary>
/// Which of a study's categories a network's classes belong to, from a table with a column for the class and one for the category (category, entry or group). A category's probability is the mean of its classes' (Geirhos
/// et al. 2020).
/// </summary>
public sealed class CategoryMap
{
    private readonly ILookup<string, string> _categories;

    private CategoryMap(IEnumerable<(string Class, string Category)> rows) => _categories = rows.ToLookup(r => r.Class, r => r.Category, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="CnnVisException">The file cannot be read, or lacks a column.</exception>
    public static CategoryMap Read(string path, Action<CnnVisException> report)
    {
        DelimitedFile file = DelimitedFile.Open(path);
        int name = file.Require("the class", "class", "class_name", "label"), category = file.Require("the category", "category", "entry", "group");
        return new CategoryMap([.. file.ReadableRows(report).Select(r => (r.Fields[name].Trim(), r.Fields[category].Trim()))]);
    }

    /// <summary>The categories, the most probable first.</summary>
    /// <param name="classes">All classes of the network.</param>
    /// <exception cref="CnnVisException">None of them belongs to a category.</exception>
    public IReadOnlyList<string> Rank(IReadOnlyList<ClassProbability> classes)
    {
        string[] ranked = [.. classes.SelectMany(c => Of(c).Select(category => (category, c.Probability))).GroupBy(c => c.category, c => c.Probability, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(g => g.Average()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        return ranked.Length > 0 ? ranked : throw new CnnVisException(ErrorIds.ClassNotFound, "None of the network's classes stands in the table of categories: its column class holds their names or indices.");
    }

    private IEnumerable<string> Of(ClassProbability item)
    {
        var byName = _categories[item.Name];
        return byName.Any() ? byName : _categories[item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)];
    }
}
