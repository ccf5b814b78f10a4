using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Hosting;

/// <summary>The body of an HTTP request's refusal.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Message">The reason, as a sentence.</param>
public sealed record Refusal(int Code, string Message)
{
    /// <summary>Creates the result of a refused request.</summary>
    public static IResult Of(int code, string message) =>
        Results.Json(new Refusal(code, message), RefusalJson.Default.Refusal, statusCode: code);
}

/// <summary>The JSON serialization of refusals, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext;
