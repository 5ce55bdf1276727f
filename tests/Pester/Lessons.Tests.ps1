BeforeDiscovery {
    $pages = [IO.Directory]::GetFiles("$PSScriptRoot/../../examples", '*.md').ForEach({ [IO.Path]::GetFileNameWithoutExtension($_) }) | Where-Object { $_ -match '^\d\d-' } | Sort-Object
}

Describe 'Lesson' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    It '<_> prints what it says, and its pictures are there' -ForEach $pages {
        $blocks = & "$PSScriptRoot/../../examples/Update-Lesson.ps1" $_
        $blocks.Count | Should -BeGreaterThan 2
        foreach ($block in $blocks | Where-Object IsPrinted) { FirstDifference $block.Output $block.Now | Should -BeNullOrEmpty -Because $block.Code }
        $text = [IO.File]::ReadAllText("$PSScriptRoot/../../examples/$_.md")
        foreach ($picture in [regex]::Matches($text, '\]\((pictures/[^)]+)\)')) { "$PSScriptRoot/../../examples/$($picture.Groups[1].Value)" | Should -Exist }
    }
}
