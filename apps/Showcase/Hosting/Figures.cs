using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Hosting;

/// <summary>The numbers of the resources that the showcase holds for its visitors.</summary>
/// <param name="Connections">The number of visitors' connections.</param>
/// <param name="Parties">The number of users and addresses with an allowance.</param>
/// <param name="Names">The number of registered names.</param>
/// <param name="Accounts">The number of demo accounts.</param>
public sealed record Figures(int Connections, int Parties, int Names, int Accounts);

/// <summary>The JSON serialization of the figures, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Figures))]
internal sealed partial class FigureJson : JsonSerializerContext;
