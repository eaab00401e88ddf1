using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue() => PasswordGenerator.Generate(this);

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteSwitch("lower", Lower);
        WriteSwitch("upper", Upper);
        WriteSwitch("numeric", Numeric);
        WriteSwitch("special", Special);
        WriteMinimum("minLower", MinLower);
        WriteMinimum("minUpper", MinUpper);
        WriteMinimum("minNumeric", MinNumeric);
        WriteMinimum("minSpecial", MinSpecial);
        writer.WriteEndObject();

        void WriteSwitch(string name, bool value)
        {
            if (!value)
            {
                writer.WriteBoolean(name, value);
            }
        }

        void WriteMinimum(string name, int value)
        {
            if (value > 0)
            {
                writer.WriteNumber(name, value);
            }
        }
    }
}
