using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Hosting;

/// <summary>Writes the values of an enumeration as names in camel case, and reads no numbers.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(NameOf);

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Returns the name of a value.</summary>
    public static string NameOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Returns the value with a name; null when there is none.</summary>
    public static T? Find(string? name) => name is not null && ByName.TryGetValue(name, out var value) ? value : null;
}
