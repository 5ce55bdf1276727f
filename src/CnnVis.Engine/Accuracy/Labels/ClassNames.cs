using CnnVis.Engine.Models;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Accuracy.Labels;

/// <summary>
/// Which of a network's classes a label means: by the class' name or output index, or by another name that a table gives it. The table has a column for the class (class, name, label …), by name or
/// output index; what stands in any other column of the row means the same class, as the ids of WordNet do in <c>index, wnid, name</c>.
/// </summary>
public sealed class ClassNames
{
    private readonly Network _network;
    private readonly Dictionary<string, int> _others = new(StringComparer.OrdinalIgnoreCase), _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <param name="network">Whose classes.</param>
    /// <param name="table">A table of other names; null for none.</param>
    /// <exception cref="CnnVisException">The table cannot be read, or no row of it names a class of the network.</exception>
    public ClassNames(Network network, string? table = null)
    {
        _network = network;
        if (table is null) return;
        DelimitedFile file = DelimitedFile.Open(table);
        int name = file.Require("the class", ["name", .. LabelTable.Columns]);
        foreach (var (_, fields) in file.Rows)
        {
            int index;
            try
            {
                index = network.Class(fields[name]);
            }
            catch (CnnVisException error) when (error.ErrorId == ErrorIds.ClassNotFound)
            {
                continue; // a table may know more classes than this network
            }
            for (int i = 0; i < fields.Length; i++)
                if (i != name && fields[i].Length > 0 && file.Columns[i] is not "index") _others.TryAdd(fields[i], index);
        }
        if (_others.Count == 0) throw new CnnVisException(ErrorIds.ClassNotFound, $"No row of '{table}' gives a class of {network.Name} another name: its column '{file.Columns[name]}' has to hold the classes as the network calls them (such as '{network.Classes[0]}'), and another column the other names.", table);
    }

    /// <summary>Output index of what a label means; null where the network has no such class.</summary>
    /// <param name="label">A label.</param>
    /// <param name="failed">Takes the error, the first time that the label comes up.</param>
    /// <param name="path">The picture that has it.</param>
    public int? Find(string label, Action<CnnVisException> failed, string path)
    {
        if (_known.TryGetValue(label, out int known)) return known;
        if (_unknown.Contains(label)) return null;
        try
        {
            return _known[label] = _others.TryGetValue(label, out int other) ? other : _network.Class(label);
        }
        catch (CnnVisException error) when (error.ErrorId == ErrorIds.ClassNotFound)
        {
            _unknown.Add(label);
            failed(new CnnVisException(ErrorIds.ClassNotFound, $"Pictures such as '{path}' are labelled '{label}', and do not count. {error.Message} A table that gives its classes other names is understood as -ClassMap.", label, error));
            return null;
        }
    }
}
