using System.Collections;
using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>
/// The properties of results as PowerShell sees them: their own, but lists know their text, so that Export-Csv and strings hold what is in them. Numbers have spaces between (<c>[float[]] -split $text</c> reads
/// them back), everything else has |. <see cref="CnnValues"/> and <see cref="CnnItems{T}"/> are their array here: ConvertTo-Json, which asks no adapter, finds what they tell of themselves.
/// </summary>
public sealed class ResultAdapter : PSPropertyAdapter
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> _properties = [];
    private static readonly MethodInfo _text = typeof(ResultAdapter).GetMethod(nameof(Text))!, _inputText = typeof(ResultAdapter).GetMethod(nameof(InputText))!;

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject) => [.. Of(baseObject).Select(p => new PSAdaptedProperty(p.Name, p))];

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Of(baseObject).FirstOrDefault(p => p.Name.Equals(propertyName, StringComparison.OrdinalIgnoreCase)) is { } property ? new PSAdaptedProperty(property.Name, property) : null;

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) => Shown(Property(adaptedProperty)).ToString();

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        object? value;
        try
        {
            value = Property(adaptedProperty).GetValue(adaptedProperty.BaseObject);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            throw new GetValueInvocationException(inner.Message, inner);
        }
        value = value switch { CnnValues values => values.ToArray(), ICnnItems items => items.Items, CnnInput input => Told(input), _ => value };
        return value is not IEnumerable or string ? value : Listed(value);
    }

    /// <summary>A list that knows its text.</summary>
    public static PSObject Listed(object list)
    {
        var listed = new PSObject(list);
        if (listed.Methods[nameof(ToString)] is not PSCodeMethod) listed.Methods.Add(new PSCodeMethod(nameof(ToString), _text));
        return listed;
    }

    /// <summary>A network's input that knows a text for people: the record's own is what hashes of networks are of.</summary>
    public static PSObject? Told(CnnInput? input)
    {
        if (input is null) return null;
        var told = new PSObject(input);
        if (told.Methods[nameof(ToString)] is not PSCodeMethod) told.Methods.Add(new PSCodeMethod(nameof(ToString), _inputText));
        return told;
    }

    /// <summary>The text of a network's input.</summary>
    public static string InputText(PSObject input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var own = (CnnInput)input.BaseObject;
        return FormattableString.Invariant($"{own.Channels} x {own.Height} x {own.Width}, {own.ResizeMode} to {own.ResizeTo}");
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => Property(adaptedProperty).SetMethod is { IsPublic: true };

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        PropertyInfo property = Property(adaptedProperty);
        Type shown = Shown(property);
        object? given = LanguagePrimitives.ConvertTo(value, shown, CultureInfo.InvariantCulture);
        // Values and items are made of the array that they are here.
        property.SetValue(adaptedProperty.BaseObject, given is Array && shown != property.PropertyType ? Activator.CreateInstance(property.PropertyType, [given]) : given);
    }

    /// <summary>The text of a list.</summary>
    public static string Text(PSObject list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.BaseObject is IDictionary table) return string.Join('|', table.Keys.Cast<object>().Select(k => $"{k}={Plain(table[k])}"));
        string[] items = [.. ((IEnumerable)list.BaseObject).Cast<object?>().Select(Plain)];
        return string.Join(list.BaseObject is IEnumerable<string> || !IsNumber(list.BaseObject) ? '|' : ' ', items);
    }

    private static bool IsNumber(object list) => ((IEnumerable)list).Cast<object?>().FirstOrDefault() is IConvertible and not (string or bool or Enum);

    private static string Plain(object? item) => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The type that a property has in PowerShell.</summary>
    private static Type Shown(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(CnnValues) => typeof(float[]),
        { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(CnnItems<>) => type.GetGenericArguments()[0].MakeArrayType(),
        var type => type,
    };

    private static PropertyInfo Property(PSAdaptedProperty property) => (PropertyInfo)property.Tag;

    private static PropertyInfo[] Of(object result) => _properties.GetOrAdd(result.GetType(),
        type => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike)]);
}
