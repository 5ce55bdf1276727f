BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $settings = $env:CNNVIS_HOME
    $env:CNNVIS_HOME = "$TestDrive/home"
}

AfterAll {
    $env:CNNVIS_HOME = $settings
}

Describe 'Clear-CnnCache' {
    BeforeEach {
        $weights = "$TestDrive/home/weights"
        $null = New-Item $weights -ItemType Directory -Force
        foreach ($name in 'alexnet-owt-7be5be79.pth', 'alexnet-owt-7be5be79.pth.checked', 'resnet18-f37072fd.pth.partial', 'resnet18-f37072fd.pth.partial.version', 'mine.pth') { Set-Content "$weights/$name" 'x' }
    }

    It 'removes weights of known networks, whole or begun, and nothing else' {
        Clear-CnnCache
        NamesIn $weights | Should -Be 'mine.pth'
    }

    It 'removes those of the networks that are named' {
        Clear-CnnCache alex*
        NamesIn $weights | Should -Be 'mine.pth', 'resnet18-f37072fd.pth.partial', 'resnet18-f37072fd.pth.partial.version'
    }

    It 'removes nothing with -WhatIf' {
        Clear-CnnCache -WhatIf
        @(NamesIn $weights).Count | Should -Be 5
    }
}
