using System.Text.Json.Serialization;

namespace Showcase.Judge.Worker;

/// <summary>A language that the judge accepts.</summary>
[JsonConverter(typeof(CamelCaseEnum<ScriptLanguage>))]
internal enum ScriptLanguage
{
    /// <summary>JavaScript, as a script: no modules.</summary>
    [JsonStringEnumMemberName("javascript")]
    JavaScript,
}
