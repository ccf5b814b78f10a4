using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Duplex.Configuration;

/// <summary>
/// Binds a configuration section to options, by the names of their properties without regard to case. Unlike the
/// platform's binder it reports every key that names no option, and needs no code generation ahead of time. Used by one
/// thread at a time.
/// </summary>
/// <param name="read">Reads the value at a path below the section; null where there is none.</param>
/// <param name="keysOf">Lists the keys directly below a path; the empty path is the section itself.</param>
/// <param name="faults">Receives what is wrong with the section.</param>
public sealed class OptionBinder(Func<string, string?> read, Func<string, IEnumerable<string>> keysOf, OptionFaults faults)
{
    /// <summary>
    /// Sets the options that the section holds. Properties are text, numbers, bools, times, dates, addresses, values of
    /// enumerations and lists of text; an empty value sets an option to null where it can be null.
    /// </summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="options">The options.</param>
    /// <param name="path">The path from the section to the options; empty for the section itself.</param>
    /// <param name="others">Keys that the caller binds itself.</param>
    public void Bind<[DynamicallyAccessedMembers(OptionRange.Members)] TOptions>(TOptions options, string path = "", params ReadOnlySpan<string> others)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        var properties = typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var key in keysOf(path))
        {
            if (Contains(others, key)) continue;
            var name = Below(path, key);
            var property = Array.Find(properties, property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (property is null || !TrySet(property, options, name)) faults.Add(name, "there is no such option.");
        }
    }

    /// <summary>Returns whether the section holds anything at or below a path.</summary>
    /// <param name="path">The path from the section.</param>
    public bool Has(string path) => !string.IsNullOrEmpty(read(path)) || keysOf(path).Any();

    /// <summary>Returns the keys directly below a path.</summary>
    /// <param name="path">The path from the section.</param>
    public IEnumerable<string> KeysOf(string path) => keysOf(path);

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}:{key}";

    private static bool Contains(ReadOnlySpan<string> names, string key)
    {
        foreach (var name in names)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <returns>False when configuration cannot set the property.</returns>
    private bool TrySet(PropertyInfo property, object options, string name)
    {
        if (property.PropertyType == typeof(IList<string>) || property.PropertyType == typeof(IReadOnlyList<string>))
        {
            SetList(property, options, name);
            return true;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (!property.CanWrite || !OptionText.IsKnown(type)) return false;
        var text = read(name);
        if (string.IsNullOrEmpty(text) && (type != property.PropertyType || !type.IsValueType))
        {
            // A text that is never null is empty instead.
            property.SetValue(options, type == typeof(string) && property.GetValue(options) is not null ? "" : null);
            return true;
        }

        if (text is null || !OptionText.TryParse(type, text, out var value))
        {
            var expected = OptionText.Expected(type);
            faults.Add(name, text, property.GetCustomAttribute<OptionRangeAttribute>() is { } known ? $"{expected}, {known.Describe()}" : expected);
            return true;
        }

        try
        {
            property.SetValue(options, value);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refusal)
        {
            if (property.GetCustomAttribute<OptionRangeAttribute>() is { } range) faults.Add(name, value, range.Describe());
            else faults.Add(name, refusal.Message);
        }

        return true;
    }

    private void SetList(PropertyInfo property, object options, string name)
    {
        var items = keysOf(name).Select(key => read(Below(name, key)) ?? "").ToList();
        if (items.Count == 0 && read(name) is { Length: > 0 } text)
        {
            faults.Add(name, text, "a list");
        }
        else if (property.CanWrite)
        {
            property.SetValue(options, items);
        }
        else
        {
            var list = (IList<string>)property.GetValue(options)!;
            list.Clear();
            foreach (var item in items) list.Add(item);
        }
    }
}
