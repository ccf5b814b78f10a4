using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Hosting;

/// <summary>Writes the values of an enumeration as names in camel case, and reads no numbers.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
