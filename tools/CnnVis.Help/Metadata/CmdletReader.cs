using System.Management.Automation;
using System.Reflection;

namespace CnnVis.Help.Metadata;

/// <summary>Reads the cmdlets of a module off their attributes.</summary>
public static class CmdletReader
{
    /// <summary>The cmdlets, by name.</summary>
    /// <exception cref="HelpException">Something public is not documented.</exception>
    public static IReadOnlyList<CmdletDescription> Read(ModuleAssembly module, XmlDocumentation documentation)
    {
        var cmdlets = new List<CmdletDescription>();
        foreach (Type type in module.Types)
            if (type.GetCustomAttribute<CmdletAttribute>() is { } attribute) cmdlets.Add(Describe(type, attribute, documentation));
        return [.. cmdlets.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private static CmdletDescription Describe(Type type, CmdletAttribute attribute, XmlDocumentation documentation)
    {
        object instance = Activator.CreateInstance(type)!;
        object[] holders = instance is IDynamicParameters more ? [instance, more.GetDynamicParameters()!] : [instance];
        PropertyInfo[] properties = [.. holders.SelectMany(h => h.GetType().GetProperties()).Where(p => p.IsDefined(typeof(ParameterAttribute)))];
        string[] sets = [.. properties.SelectMany(p => p.GetCustomAttributes<ParameterAttribute>()).Select(a => a.ParameterSetName).Distinct()
            .Where(s => s != ParameterAttribute.AllParameterSets).OrderByDescending(s => s == attribute.DefaultParameterSetName)];
        if (sets.Length == 0) sets = [ParameterAttribute.AllParameterSets];
        var syntaxes = sets.Select(set => Syntax(set, properties, holders, documentation, attribute.SupportsShouldProcess));
        var outputs = type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(a => a.Type).Select(o => OutputReader.Read(o.Type, documentation));
        return new CmdletDescription(attribute.VerbName, attribute.NounName, [.. syntaxes], [.. outputs]);
    }

    private static ParameterDescription[] Syntax(string set, PropertyInfo[] properties, object[] holders, XmlDocumentation documentation, bool shouldProcess)
    {
        var parameters =
            from property in properties
            from attribute in property.GetCustomAttributes<ParameterAttribute>()
            where attribute.ParameterSetName == set || attribute.ParameterSetName == ParameterAttribute.AllParameterSets
            select ParameterReader.Read(property, attribute, Array.Find(holders, h => property.ReflectedType!.IsInstanceOfType(h))!, documentation);
        if (shouldProcess) parameters = parameters.Concat(ParameterReader.ShouldProcess);
        return [.. parameters.OrderBy(p => p.Position ?? int.MaxValue).ThenByDescending(p => p.Mandatory)];
    }
}
