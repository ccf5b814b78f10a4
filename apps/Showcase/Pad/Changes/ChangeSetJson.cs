using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Pad.Changes;

/// <summary>
/// The JSON of a change set, which is that of CodeMirror: a number retains, <c>[3]</c> deletes, and <c>[3,"a","b"]</c> replaces
/// three units by lines.
/// </summary>
internal sealed class ChangeSetJson : JsonConverter<ChangeSet>
{
    /// <summary>Parses a change set.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="maxSections">The maximum number of sections.</param>
    /// <exception cref="FormatException">The JSON is no change set. The message is a sentence.</exception>
    public static ChangeSet Parse(JsonElement json, int maxSections = int.MaxValue)
    {
        if (json.ValueKind != JsonValueKind.Array) throw new FormatException("A change must be an array.");
        if (json.GetArrayLength() > maxSections) throw new FormatException($"A change must have at most {maxSections} sections.");
        var sections = new SectionBuilder();
        long total = 0;
        foreach (var part in json.EnumerateArray())
        {
            var section = part.ValueKind == JsonValueKind.Array ? Change(part) : new Section(Length(part), null);
            if ((total += section.Length) > int.MaxValue) throw new FormatException("A change is longer than any document.");
            sections.Add(section.Length, section.Text);
        }

        return sections.Build();
    }

    /// <inheritdoc/>
    public override ChangeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(JsonElement.ParseValue(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ChangeSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var section in value.Sections)
        {
            if (section.Text is null)
            {
                writer.WriteNumberValue(section.Length);
                continue;
            }

            writer.WriteStartArray();
            writer.WriteNumberValue(section.Length);
            if (section.Text.Length > 0)
                foreach (var line in section.Text.Split('\n')) writer.WriteStringValue(line);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Section Change(JsonElement part)
    {
        if (part.GetArrayLength() == 0) throw new FormatException("A section of a change must begin with a length.");
        var lines = new List<string>();
        foreach (var line in part.EnumerateArray().Skip(1)) lines.Add(Line(line));
        return new(Length(part[0]), string.Join('\n', lines));
    }

    private static int Length(JsonElement part) => part.ValueKind == JsonValueKind.Number && part.TryGetInt32(out var length) && length >= 0 ? length
        : throw new FormatException("A length of a change must be a whole number from 0.");

    private static string Line(JsonElement part)
    {
        const string Fault = "A line of a change must be a text without line breaks and without half characters.";
        if (part.ValueKind != JsonValueKind.String) throw new FormatException(Fault);
        try
        {
            // GetString throws for a lone surrogate, which has no UTF-8.
            return part.GetString() is { } line && line.AsSpan().IndexOfAny('\r', '\n') < 0 ? line : throw new FormatException(Fault);
        }
        catch (InvalidOperationException)
        {
            throw new FormatException(Fault);
        }
    }
}
