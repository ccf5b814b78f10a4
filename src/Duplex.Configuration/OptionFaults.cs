using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Duplex.Configuration;

/// <summary>Collects every fault of a group of options, so that one exception reports all of them. Used by one thread at a time.</summary>
/// <param name="section">The configuration section of the options, such as <c>Duplex:Hub</c>; empty for options that code passes.</param>
public sealed class OptionFaults(string section)
{
    private readonly List<string> _messages = [];

    /// <summary>The faults, a sentence each: "Duplex:Hub:MaxQueuedBytes is 0; it must be from 1 to 2147483647 bytes."</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Reports every value outside its <see cref="OptionRangeAttribute"/>, and every undefined value of an enumeration.</summary>
    /// <typeparam name="TOptions">The type of the options; members of nested options are checked by calls of their own.</typeparam>
    /// <param name="options">The options.</param>
    /// <param name="path">The path from the section to the options; empty for the section itself.</param>
    public void CheckRanges<[DynamicallyAccessedMembers(OptionRange.Members)] TOptions>(TOptions options, string path = "")
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (property, range) in Checks<TOptions>.All)
        {
            var value = property.GetValue(options);
            var name = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            if (range is not null)
            {
                if (!range.Contains(value)) Add(name, value, range.Describe());
            }
            else if (value is Enum choice && !Enum.IsDefined(choice.GetType(), choice))
            {
                Add(name, choice.ToString("D"), $"one of {string.Join(", ", Enum.GetNames(choice.GetType()))}");
            }
        }
    }

    /// <summary>Reports a value: "{name} is {value}; it must be {expected}."</summary>
    /// <param name="name">The path from the section to the option.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">The values that are valid, after "it must be", without a full stop.</param>
    public void Add(string name, object? value, string expected) => _messages.Add($"{PathOf(name)} is {Text(value)}; it must be {expected}.");

    /// <summary>Reports a fault in other words.</summary>
    /// <param name="name">The path from the section to the option.</param>
    /// <param name="fault">The sentence after the path and a colon.</param>
    public void Add(string name, string fault) => _messages.Add($"{PathOf(name)}: {fault}");

    /// <summary>Throws when there is a fault.</summary>
    /// <exception cref="ArgumentException">The message holds all faults, a line each.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, _messages));
    }

    private string PathOf(string name) => section.Length == 0 ? name : $"{section}:{name}";

    private static string Text(object? value) => value switch
    {
        null => "null",
        TimeSpan time => TimeText.Constant(time),
        "" => "empty",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static class Checks<[DynamicallyAccessedMembers(OptionRange.Members)] TOptions>
    {
        public static readonly (PropertyInfo Property, OptionRangeAttribute? Range)[] All =
        [
            .. from property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let range = property.GetCustomAttribute<OptionRangeAttribute>()
               where range is not null || (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum
               select (property, range),
        ];
    }
}
