using System.Globalization;
using System.Text;

namespace LoadTool.Measuring;

/// <summary>Figures of one run by name, printed as one line of JSON.</summary>
internal sealed class Result(string load)
{
    private readonly List<KeyValuePair<string, double>> _figures = [];

    public double this[string name]
    {
        set => _figures.Add(new(name, value));
    }

    public override string ToString()
    {
        var line = new StringBuilder("{\"load\":\"").Append(load).Append('"');
        foreach (var (name, value) in _figures)
            line.Append(CultureInfo.InvariantCulture, $",\"{name}\":{value:0.####}");
        return line.Append('}').ToString();
    }
}
