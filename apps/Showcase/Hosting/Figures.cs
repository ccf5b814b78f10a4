using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Hosting;

/// <summary>How much the showcase holds for its visitors.</summary>
/// <param name="Connections">Visitors' connections.</param>
/// <param name="Parties">People and addresses whose allowances are kept.</param>
/// <param name="Names">Names that are held.</param>
/// <param name="Accounts">Demo accounts.</param>
public sealed record Figures(int Connections, int Parties, int Names, int Accounts);

/// <summary>The JSON of the figures, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Figures))]
internal sealed partial class FigureJson : JsonSerializerContext;
