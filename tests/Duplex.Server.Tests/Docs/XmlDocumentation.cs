using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Duplex.Server.Tests.Docs;

/// <summary>The summaries of the documentation files that the compiler writes beside the assemblies.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries = new(StringComparer.Ordinal);

    public XmlDocumentation(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            {
                if (member.Element("summary") is { } summary) _summaries[(string)member.Attribute("name")!] = TextOf(summary);
            }
        }
    }

    public string? SummaryOf(MemberInfo member)
    {
        var kind = member is PropertyInfo ? 'P' : 'F';
        return _summaries.GetValueOrDefault($"{kind}:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}");
    }

    // References become the last part of what they name: <see cref="P:A.B.C"/> is C.
    private static string TextOf(XElement summary)
    {
        foreach (var reference in summary.Descendants().Where(static element => element.Name.LocalName is "see" or "paramref").ToList())
        {
            var name = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? "";
            reference.ReplaceWith($"`{name.Split('(')[0].Split('.', ':')[^1]}`");
        }

        foreach (var code in summary.Descendants("c").ToList()) code.ReplaceWith($"`{code.Value}`");
        return WhiteSpace().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
