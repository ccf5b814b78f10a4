using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Judge.Runs;

/// <summary>A language that the judge accepts.</summary>
[JsonConverter(typeof(CamelCaseEnum<ScriptLanguage>))]
internal enum ScriptLanguage
{
    /// <summary>JavaScript, as a script: no modules.</summary>
    [JsonStringEnumMemberName("javascript")]
    JavaScript,

    /// <summary>TypeScript, which is executed as the script that remains without its types.</summary>
    [JsonStringEnumMemberName("typescript")]
    TypeScript,
}
