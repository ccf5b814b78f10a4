namespace Showcase.Judge.Worker;

/// <summary>A language that the judge accepts.</summary>
internal enum ScriptLanguage
{
    /// <summary>JavaScript, as a script: no modules.</summary>
    JavaScript,
}
