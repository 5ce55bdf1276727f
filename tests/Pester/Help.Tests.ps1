BeforeDiscovery {
    $pages = foreach ($file in [IO.Directory]::GetFiles("$PSScriptRoot/../../src/CnnVis.PowerShell/Help", '*.md') | Sort-Object) {
        $examples = [regex]::Matches([IO.File]::ReadAllText($file), '(?ms)^## Example: (?<title>[^\n]+)\n\n```powershell(?<needs>[^\n]*)\n(?<code>.*?)\n```$(?:\n\n```text\n(?<output>.*?)\n```$)?')
        @{
            Command  = [IO.Path]::GetFileNameWithoutExtension($file)
            Examples = @(foreach ($match in $examples) { if ($match.Groups['needs'].Length -eq 0) { @{ Title = $match.Groups['title'].Value; Code = $match.Groups['code'].Value; Output = $match.Groups['output'].Value } } })
        }
    }
}

Describe 'Help' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $root = "$PSScriptRoot/../.."
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
    }

    It 'is written for each cmdlet' {
        (Get-Command -Module CnnVis).Name | Sort-Object | Should -Be (@([IO.Directory]::GetFiles("$root/src/CnnVis.PowerShell/Help", '*.md') | ForEach-Object { [IO.Path]::GetFileNameWithoutExtension($_) }) | Sort-Object)
    }

    It 'has the topic about_CnnVis, with every cmdlet and every error' {
        $text = "$(Get-Help about_CnnVis)"
        $text | Should -BeLike '*LONG DESCRIPTION*'
        foreach ($name in (Get-Command -Module CnnVis).Name) { $text | Should -BeLike "*$name *" }
        foreach ($id in [CnnVis.ErrorIds].GetFields().GetRawConstantValue()) { $text | Should -Match "\b$id[,.]" }
    }

    It 'has the topic <_>, which fits 80 columns and leads somewhere' -ForEach 'about_CnnVis', 'about_CnnVis_Models', 'about_CnnVis_Pictures', 'about_CnnVis_Pipeline', 'about_CnnVis_Troubleshooting' {
        $lines = [IO.File]::ReadAllLines("$root/src/CnnVis.PowerShell/Help/$_.help.txt")
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$(Get-Help $_)" | Should -BeLike '*LONG DESCRIPTION*'
        $lines[([array]::IndexOf($lines, 'SEE ALSO') + 1)..($lines.Count - 1)].Trim() | Where-Object { $_ } | ForEach-Object { Get-Help $_ | Should -Not -BeNullOrEmpty }
        foreach ($parameter in [regex]::Matches($lines -join ' ', '(?<=\s)-(?<name>[A-Z]\w+)').ForEach({ $_.Groups['name'].Value }) | Sort-Object -Unique) {
            $parameter -in 'ErrorVariable', 'Verbose', 'Recurse', 'Full', 'Examples' -or [bool] (Get-Command -Module CnnVis -ParameterName $parameter -ErrorAction Ignore) | Should -BeTrue -Because "-$parameter is a parameter"
        }
    }

    Context 'of <Command>' -ForEach $pages {
        BeforeAll {
            $help = Get-Help $Command -Full
        }

        It 'has a synopsis of one sentence' {
            # Without a help file PowerShell puts the syntax there.
            $help.Synopsis.Trim() | Should -Match '^[A-Z][^\[\]\r\n]+\.$'
        }

        It 'has a description' {
            "$($help.description.Text)".Length | Should -BeGreaterThan 100
        }

        It 'has two examples or more, each with a title and code' {
            $shown = @($help.examples.example)
            $shown.Count | Should -BeGreaterOrEqual 2
            foreach ($example in $shown) {
                $example.title | Should -Match 'Example \d+: \S'
                "$($example.code)" | Should -Match '\w+-(Cnn\w+|MaxActivatingImage|SaliencyMap|Occlusion|Tsne\w*|AdversarialExample|FoolingImage|CorruptedImage|ImageAttribute)'
            }
        }

        It 'describes every parameter' {
            $parameters = @((Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin $common })
            $parameters.Count | Should -BeGreaterThan 0
            foreach ($parameter in $parameters) {
                "$((Get-Help $Command -Parameter $parameter).description.Text)".Trim() | Should -Not -BeNullOrEmpty -Because "-$parameter needs a description"
            }
        }

        It 'gives the syntax of each parameter set' {
            @($help.syntax.syntaxItem).Count | Should -Be (Get-Command $Command).ParameterSets.Count
        }

        It 'says what comes out' {
            $outputs = @($help.returnValues.returnValue | ForEach-Object { $_.type.name })
            $outputs | Should -Be @((Get-Command $Command).OutputType.Name)
        }

        It 'leads only to cmdlets, topics and addresses that there are' {
            foreach ($link in $help.relatedLinks.navigationLink) {
                if ($link.uri) { $link.uri | Should -Match '^https://' }
                elseif ($link.linkText -notlike 'about_*') { Get-Command $link.linkText -Module CnnVis | Should -HaveCount 1 }
            }
        }

        It 'has the example "<Title>", which writes what the page says' -ForEach $Examples {
            $folder = (New-Item -ItemType Directory -Path "TestDrive:/$([guid]::NewGuid())").FullName
            $null = [IO.Directory]::CreateDirectory("$folder/examples/photos")
            foreach ($photo in [IO.Directory]::GetFiles("$root/examples/photos")) { [IO.File]::Copy($photo, "$folder/examples/photos/$([IO.Path]::GetFileName($photo))") }
            Push-Location $folder
            try {
                $ErrorActionPreference = 'Stop'
                # Errors that a page shows are part of what is written.
                if ($Output) { $ErrorActionPreference = 'Continue' }
                $results = @(& ([scriptblock]::Create($Code)) 2>&1)
            }
            finally {
                Pop-Location
            }
            # What shows nothing writes files, unless it only says so.
            $results.Count -gt 0 -or $Code -match '-WhatIf' -or [IO.Directory]::Exists("$folder/output") | Should -BeTrue
            if ($Output) { FirstDifference $Output ($results | Out-String -Width 120) | Should -BeNullOrEmpty }
        }
    }
}
